import static engram.tensor.Shape.shape;
import engram.backend.*;
import engram.backend.reference.ReferenceBackend;
import engram.device.Devices;
import engram.fusion.Fusion;
import engram.graph.*;
import engram.inspect.*;
import engram.nn.*;
import engram.nn.init.*;
import engram.nn.layer.*;
import engram.nn.layer.Conv2d;
import engram.nn.layer.Dropout;
import engram.nn.layer.LeakyRelu;
import engram.nn.layer.Linear;
import engram.nn.layer.MaxPool2d;
import engram.nn.layer.Relu;
import engram.nn.optim.*;
import engram.nn.train.*;
import engram.op.*;
import engram.plan.*;
import engram.tensor.*;
import java.util.*;
var bench = new engram.bench.shell.Workbench(new ReferenceBackend(), System.out);
var t = bench.tape();
Tensor input(String name, Shape shape, double... values) { return bench.input(name, shape, values); }
List<Tensor> gradients(Tensor loss, Tensor... of) { return bench.gradients(loss, of); }
void show(Tensor tensor) { bench.show(tensor); }
void step() { bench.step(); }
void graph() { bench.graph(); }
void fused() { bench.fused(); }
void plan() { bench.plan(); }
void draw() throws Exception { bench.draw("graph.svg"); }
void check(Op op) { bench.check(op); }
void check(Objective objective) { bench.check(objective); }
void reset() { t = bench.reset(); }
void help() {
  System.out.print("""
      t                      the tape: t.matmul(a, b), t.relu(x), t.crossEntropy(logits, labels) ...
      input("x", shape(2, 3))          a tensor with normal numbers, or with those that follow
      gradients(loss, a, b)            appends the backward pass; the gradients, in order
      show(x)                computes a tensor and prints its numbers
      step()                 runs the next node and prints what it made
      graph()  fused()       all nodes as recorded, and as they run after fusion
      plan()                 where each value lies in memory
      draw()                 the graph as a picture, graph.svg
      check(new Softmax())   an op against finite differences and its definition
      check(step -> ...)     the gradients of a whole loss, on a small network
      reset()                a new tape
      """);
}
