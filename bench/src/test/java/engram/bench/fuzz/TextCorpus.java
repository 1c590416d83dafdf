package engram.bench.fuzz;

import static engram.tensor.Shape.shape;
import static java.nio.charset.StandardCharsets.UTF_8;

import engram.bench.run.RunConfig;
import engram.cl.settings.Option;
import engram.nn.model.Models;
import engram.nn.model.NetworkText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Good texts as people write them, and as other programs say them. */
final class TextCorpus {
  private TextCorpus() {}

  static List<byte[]> bytes(List<String> texts) {
    return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
  }

  static List<String> yaml() {
    return List.of(
        """
        # how to run it again
        data: gtsrb:/data/set 1
        strategies: [joint, fine-tune, "er@ring", 'agem']
        buffer: 200
        lr: 1.0E-4
        quick: false
        """,
        """
        a: [1, 2]
        c:
          - 1
          - {d: e}
        text: |
          two
          lines
        odd: "\\u00e9\\n"
        """);
  }

  static List<String> plan() {
    return List.of(
        """
        base:
          data: digits
          epochs: 2
        grid:
          strategies: [er, fine-tune]
          buffer: [100, 200]
        seeds: 3
        """,
        """
        base: {network: lenet, data: digits}
        seeds: 4..9
        """);
  }

  static List<String> networks() {
    return List.of(
        NetworkText.of(Models.of("bn", shape(32, 32, 3), 10)),
        "3 x (conv 8 3 pad 1, bn, relu, pool 2), dropout 0.5, flatten, classifier no-bias",
        "residual(conv 4 3 stride 2 pad 1, relu; a: conv 4 1 stride 2 no-bias), global-pool",
        "mlp 20 2");
  }

  /** All options with their values, and some alone. */
  static List<String> options() {
    return List.of(
        RunConfig.of(Map.of("strategies", "er,lwf", "data", "digits")).toMap().entrySet().stream()
            .map(option -> option.getKey() + "=" + Option.text(option.getValue()))
            .collect(Collectors.joining("\n")),
        "strategies=er@ring+nme\nbuffer=100\nschedule=0.2 at 49,63",
        "strategies=der++_alpha=0.2_beta=1@reservoir\nscenario=blurry 0.1\ntasks=5x2",
        "data=gtsrb:/signs\nclass-order=3,1,2\ntasks=2,1\nnetwork=mlp 20 2\nstrategies=er",
        "strategies=fine-tune\nonline=true\nepochs=1");
  }

  static List<String> orders() {
    return List.of(
        "given\n5\nclass",
        "shuffled\n3x4\nblurry 0.1",
        "3, 1,2\n2,1\ntask",
        "given\n4\npermuted",
        "0,1,2,3\n2x2\ndomain");
  }

  static List<String> places() {
    return List.of("er:1:3:117", "der++_alpha=0.2@ring+nme:-7:1:1");
  }

  static List<String> against() {
    return List.of("seed:2", "no-fusion", "er:1:2:117", "device:reference");
  }

  static List<String> grids() {
    return List.of("lr=0.001,0.002\n--buffer=100, 200", "schedule=0.2 at 4 6,cosine");
  }

  static List<String> arrays() {
    return List.of(
        "SLURM_ARRAY_TASK_ID=3\nSLURM_ARRAY_TASK_MIN=1\nSLURM_ARRAY_TASK_MAX=9\n"
            + "SLURM_ARRAY_TASK_STEP=2\nSLURM_ARRAY_TASK_COUNT=5",
        "SLURM_ARRAY_TASK_ID=3\nSLURM_ARRAY_TASK_COUNT=5",
        "JOB_COMPLETION_INDEX=");
  }

  /** Of W&B and MLflow. */
  static List<String> answers() {
    return List.of(
        """
        {"data": {"createRunFiles": {"files": [{"name": "a", "uploadUrl": "https://a.b/c?d=e"}]}}}
        """,
        """
        {"data": {"createRunFiles": {"files": [{"uploadUrl": "storage/a.png"}]}}}
        """
            .strip());
  }

  static List<String> peers() {
    return List.of("result\ttraining\tengram\t12.5\timages/s\t80\t90.5", "a line of another kind");
  }

  static List<String> marks() {
    return List.of(
        """
        {"unit": "0123abcd", "seconds": 12.5, "sha256": {"results.csv": "00ff"}}
        """,
        """
        {"unit": "0123abcd", "seconds": 1, "diverged": "er, seed 1: the loss is NaN", "sha256": {}}
        """);
  }

  static List<String> progress() {
    return List.of(
        "# What engram learn remembers.\nleaky-relu: passed, hints 1\nsoftmax: open, hints 0\n");
  }
}
