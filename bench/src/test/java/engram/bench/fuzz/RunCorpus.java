package engram.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import engram.bench.file.ConfigFile;
import engram.bench.run.RunConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/** Good files of runs, as the program writes them. */
final class RunCorpus {
  /** Files of a run that its report reads. */
  static final List<String> OF_REPORT =
      List.of(
          "card.yaml",
          "config.yaml",
          "diverged.csv",
          "env.json",
          "metrics.csv",
          "results.csv",
          "report/classes.csv",
          "report/classes.png",
          "report/tasks.csv",
          "report/er_seed1/by_task.csv",
          "report/er_seed1/classifier.csv",
          "report/er_seed1/confusion.csv",
          "report/er_seed1/mistakes.csv",
          "report/er_seed1/usage.csv",
          "report/er_seed1/within.csv");

  private RunCorpus() {}

  static byte[] diverged() {
    return "strategy,seed,task,step,what\nlwf,1,2,7,the loss is NaN\n".getBytes(UTF_8);
  }

  static byte[] within() {
    return "task,step,of_task,images,recognised\n1,0,1,20,3\n2,0,1,20,18\n2,0,2,20,0\n"
        .getBytes(UTF_8);
  }

  static byte[] steps() {
    return "task,epoch,step,hash,loss_ce,loss_kd\n1,1,1,0123456789abcdef,2.5,\n2,1,10,00,1.0,NaN\n"
        .getBytes(UTF_8);
  }

  static byte[] doctor() {
    return "strategy,seed,task,step,symptom,where,what,remedy\ner,1,2,,dead,fc,\"no, none\",rest\n"
        .getBytes(UTF_8);
  }

  static byte[] trials() {
    return "lr,epochs,accuracy,average,seconds\n0.001,4,98.250,97.125,12.5\n".getBytes(UTF_8);
  }

  static byte[] summary() {
    return "{\"interrupted\": false, \"strategies\": {\"er\": {\"seeds\": [1]}}}".getBytes(UTF_8);
  }

  static byte[] config() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ConfigFile.write("a run", RunConfig.of(Map.of("strategies", "er")).toMap(), out);
    return out.toByteArray();
  }

  static List<byte[]> table() {
    return TextCorpus.bytes(
        List.of(
            "strategy,seed,accuracy,memory\nfine-tune,1,12.5,\n\"er, 2\",2,98.25,200\n",
            "memory,accuracy,seed,strategy\r\n7,0.5,1,x\r\n"));
  }

  static List<byte[]> matrix() {
    return TextCorpus.bytes(
        List.of(
            "80\n50,90\n10.5,20,97\n",
            "after,task 1,task 2\n1,80%,\n2,50%,90%\n",
            "strategy,seed,after_task,task1,task2\ner,1,1,0.9,\ner,1,2,0.5,0.8\n"));
  }

  static PrintWriter nowhere() {
    return new PrintWriter(Writer.nullWriter());
  }
}
