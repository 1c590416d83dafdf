package engram.cl.doctor;

import engram.cl.experiment.EpochId;
import engram.cl.experiment.RunEvent;
import engram.cl.experiment.StepWatch;
import engram.nn.doctor.Doctor;
import engram.nn.doctor.Finding;
import engram.nn.train.Trainer;
import engram.nn.train.TrainingStep;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A doctor for each training of an experiment, and for what the experiment measures. It reads the
 * loss of the steps of which {@link StepWatch#EVERY_TENTH} does, so that a run logs the same with
 * it and without. What is found again in a later task is told once for a strategy and seed.
 */
public final class RunDoctor implements StepWatch, Consumer<RunEvent> {
  private final Consumer<RunFinding> findings;
  private final Set<String> told = new HashSet<>();
  private Optional<Trainer> trainer = Optional.empty();
  private Optional<Doctor> doctor = Optional.empty();
  private Optional<EpochId> now = Optional.empty();
  private UnlearntTask unlearnt = new UnlearntTask();
  private long step;

  /**
   * @param findings takes each as it arises, in the thread that trains
   */
  public RunDoctor(Consumer<RunFinding> findings) {
    this.findings = findings;
  }

  @Override
  public boolean reads(EpochId id, int step) {
    return StepWatch.EVERY_TENTH.reads(id, step);
  }

  @Override
  public void run(EpochId id, int ofTask, Trainer trained, TrainingStep ran) {
    if (trainer.filter(same -> same == trained).isEmpty()) {
      trainer = Optional.of(trained);
      doctor = Optional.of(new Doctor(trained, this::tellOfStep));
      step = 0;
    }
    now = Optional.of(id);
    step++;
    doctor.orElseThrow().run(ran);
  }

  private void tellOfStep(Finding finding) {
    EpochId id = now.orElseThrow();
    tell(new RunFinding(id.strategy(), id.seed(), id.task(), step, finding));
  }

  @Override
  public void accept(RunEvent event) {
    if (event instanceof RunEvent.TaskEvaluated task) {
      LostClass.in(task).ifPresent(finding -> tellOfTask(task, finding));
      if (task.result().task() == 0) {
        unlearnt = new UnlearntTask();
      }
      unlearnt.in(task).ifPresent(finding -> tellOfTask(task, finding));
    }
  }

  private void tellOfTask(RunEvent.TaskEvaluated task, Finding finding) {
    var result = task.result();
    tell(new RunFinding(result.strategy(), result.seed(), result.task(), 0, finding));
  }

  private void tell(RunFinding found) {
    Finding finding = found.finding();
    String once =
        String.join(
            " ",
            found.strategy(),
            String.valueOf(found.seed()),
            finding.symptom(),
            finding.where());
    if (told.add(once)) {
      findings.accept(found);
    }
  }
}
