import engram.learn.api.Continual;
import engram.op.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

public class Rehearsal implements Continual.Rehearsal {
  private static final int EPOCHS = 3;
  private static final int BATCH = 32;

  private final ExperienceReplay replay = new ExperienceReplay();
  private final Distillation distillation = new Distillation();
  private final Reservoir reservoir = new Reservoir();

  @Override
  public void learn(
      Continual.Network network,
      Continual.Memory memory,
      Continual.Task task,
      RandomGenerator random) {
    Continual.Network teacher = network.copy();
    network.grow(task.classes());
    int count = task.images().size();
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int from = 0; from < count; from += BATCH) {
        step(network, teacher, memory, task, from, Math.min(count, from + BATCH), random);
      }
    }
    for (int i = 0; i < count; i++) {
      int place = reservoir.place(task.earlier() + i, memory.capacity(), random);
      if (place >= 0) {
        memory.put(place, task.images().get(i), task.labels()[i]);
      }
    }
  }

  private void step(
      Continual.Network network,
      Continual.Network teacher,
      Continual.Memory memory,
      Continual.Task task,
      int from,
      int to,
      RandomGenerator random) {
    List<Values> images = new ArrayList<>(task.images().subList(from, to));
    int fresh = images.size();
    int old = memory.size() == 0 ? 0 : fresh;
    int[] labels = new int[fresh + old];
    System.arraycopy(task.labels(), from, labels, 0, fresh);
    for (int i = 0; i < old; i++) {
      int place = random.nextInt(memory.size());
      images.add(memory.image(place));
      labels[fresh + i] = memory.label(place);
    }
    Values logits = network.logits(images);
    Values gradient = Values.zeros(logits.shape());
    replay.loss(logits, labels, fresh, gradient);
    if (teacher.classes() > 0) {
      Values ofTeacher = Values.zeros(logits.shape());
      distillation.loss(logits, teacher.logits(images), 2, ofTeacher);
      gradient.map(gradient, ofTeacher, Double::sum);
    }
    network.step(images, gradient);
  }
}
