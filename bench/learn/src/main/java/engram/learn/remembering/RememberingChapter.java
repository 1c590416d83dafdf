package engram.learn.remembering;

import engram.learn.api.Remembering;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.util.List;

/** What is done against forgetting. */
public final class RememberingChapter {
  private RememberingChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "12",
          "Remembering",
          "cl/COURSE.md",
          List.of(
              Exercise.of(
                      "Herding",
                      "images that stand for a class",
                      Remembering.Herding.class,
                      HerdingCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "ExperienceReplay",
                      "new images and remembered ones",
                      Remembering.ExperienceReplay.class,
                      ReplayCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "Distillation",
                      "what the old network says",
                      Remembering.Distillation.class,
                      DistillationCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "DerPlusPlus",
                      "remembered logits",
                      Remembering.DerPlusPlus.class,
                      DerCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "WeightAligning",
                      "new classes win too often",
                      Remembering.WeightAligning.class,
                      AligningCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "Ewc", "weights that matter are held", Remembering.Ewc.class, EwcCheck::check)
                  .onOwnCode()));
}
