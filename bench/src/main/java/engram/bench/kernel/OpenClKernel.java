package engram.bench.kernel;

import engram.backend.Operand;
import engram.backend.opencl.device.Launch;
import engram.backend.opencl.device.LaunchBuilder;
import engram.backend.opencl.device.OpenClBuffer;
import engram.backend.opencl.device.OpenClDevice;
import engram.backend.opencl.device.OpenClDevices;
import engram.backend.opencl.device.Session;
import engram.base.InputFile;
import engram.bench.suite.BenchCase;
import engram.op.CustomOp;
import engram.op.OpCase;
import engram.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A kernel of an OpenCL file. Its parameters are pointers to the operands and the result, each at
 * the beginning of a memory with numbers behind it that must stay as they are, then the scalars.
 */
public final class OpenClKernel implements UserKernel {
  private static final int MOST_BYTES = 1 << 22;

  /** Numbers behind each operand: more than a range that is rounded up can reach. */
  private static final int GUARD = 1 << 14;

  private final KernelForm form;
  private final Session session;
  private final CustomOp.Source source;
  private final WorkSize size;

  private OpenClKernel(KernelForm form, Session session, CustomOp.Source source, WorkSize size) {
    this.form = form;
    this.session = session;
    this.source = source;
    this.size = size;
  }

  /** Whether a text has the kernel of a form. */
  public static boolean offers(String text, KernelForm form) {
    return text.matches("(?s).*\\bvoid\\s+" + form.openClName() + "\\s*\\(.*");
  }

  /** The text of a file. */
  public static String text(Path file) throws IOException {
    return InputFile.readText(file, MOST_BYTES);
  }

  /**
   * Builds a kernel of a file.
   *
   * @param device {@code opencl} or {@code opencl:PLATFORM.DEVICE}
   * @throws IllegalArgumentException naming what is missing or wrong
   * @throws engram.backend.opencl.device.OpenClException with the compiler's messages, whose lines
   *     are those of the file
   */
  public static OpenClKernel of(KernelForm form, Path file, String device) throws IOException {
    String text = text(file);
    if (!offers(text, form)) {
      throw new IllegalArgumentException(
          "%s has no kernel\n%s".formatted(file, form.openClSignature()));
    }
    WorkSize size = WorkSize.of(file.toString(), text, form.scalarNames(), form.range());
    Session session = new Session(device(device));
    String numbered = "#line 1 \"%s\"\n%s".formatted(file.getFileName(), text);
    CustomOp.Source source = new CustomOp.Source(form.openClName(), numbered);
    session.kernel(source); // what does not build is told here
    return new OpenClKernel(form, session, source, size);
  }

  /** The device of a name that {@code --device} takes: {@code opencl} or one with an address. */
  public static OpenClDevice device(String name) {
    if (!name.startsWith("opencl:")) {
      return OpenClDevices.preferred();
    }
    String[] address = name.substring("opencl:".length()).split("\\.");
    return OpenClDevices.at(Integer.parseInt(address[0]), Integer.parseInt(address[1]));
  }

  @Override
  public KernelForm form() {
    return form;
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public Call bind(BenchCase benchCase) {
    OpCase c = benchCase.opCase();
    List<OpenClBuffer> inputs = new ArrayList<>();
    for (Shape shape : c.inputs()) {
      inputs.add(guarded(shape, inputs.size()));
    }
    OpenClBuffer y = guarded(c.op().outputs(c.inputs()).getFirst(), inputs.size());
    LaunchBuilder builder = session.kernel(source);
    builder.pointers(
        Stream.concat(inputs.stream(), Stream.of(y))
            .map(buffer -> new Operand(Shape.shape(buffer.elements()), buffer))
            .toList());
    Map<String, Integer> sizes = new HashMap<>();
    List<Number> values = form.values().apply(c);
    for (int i = 0; i < values.size(); i++) {
      switch (values.get(i)) {
        case Integer whole -> {
          builder.ints(whole);
          sizes.put(form.scalarNames().get(i), whole);
        }
        default -> builder.floats(values.get(i).floatValue());
      }
    }
    int[] range = size.of(sizes);
    return new Bound(session, builder.range(range[0], range[1], range[2], range[3]), inputs, y);
  }

  private OpenClBuffer guarded(Shape shape, int operand) {
    OpenClBuffer buffer = session.allocate(shape.elements() + GUARD);
    float[] untouched = new float[GUARD];
    Arrays.fill(untouched, untouched(operand));
    buffer.write(shape.elements(), untouched, 0, GUARD);
    return buffer;
  }

  /** Another number behind each operand, so that one that is copied to another place shows. */
  private static float untouched(int operand) {
    return 12345.5f + operand;
  }

  private record Bound(Session session, Launch launch, List<OpenClBuffer> inputs, OpenClBuffer y)
      implements Call {
    @Override
    public void operands(List<float[]> values) {
      for (int i = 0; i < values.size(); i++) {
        inputs.get(i).write(0, values.get(i), 0, values.get(i).length);
      }
    }

    @Override
    public void result(float[] before) {
      y.write(0, before, 0, before.length);
    }

    @Override
    public void run() {
      launch.run();
      session.finish();
    }

    @Override
    public List<float[]> operands() {
      return inputs.stream().map(Bound::read).toList();
    }

    @Override
    public float[] result() {
      return read(y);
    }

    private static float[] read(OpenClBuffer buffer) {
      float[] values = new float[buffer.elements() - GUARD];
      buffer.read(0, values, 0, values.length);
      return values;
    }

    @Override
    public String outside() {
      List<OpenClBuffer> all = new ArrayList<>(inputs);
      all.add(y);
      for (int operand = 0; operand < all.size(); operand++) {
        OpenClBuffer buffer = all.get(operand);
        float[] guard = new float[GUARD];
        int end = buffer.elements() - GUARD;
        buffer.read(end, guard, 0, GUARD);
        for (int i = 0; i < GUARD; i++) {
          if (guard[i] != untouched(operand)) {
            return "it wrote element %d of %s, which has %d"
                .formatted(
                    end + i, operand == inputs.size() ? "y" : "operand " + (operand + 1), end);
          }
        }
      }
      return "";
    }
  }
}
