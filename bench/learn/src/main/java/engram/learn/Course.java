package engram.learn;

import engram.learn.autograd.AutogradChapter;
import engram.learn.backprop.BackpropChapter;
import engram.learn.backward.BackwardChapter;
import engram.learn.continual.ContinualChapter;
import engram.learn.device.DeviceChapter;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import engram.learn.fast.FastChapter;
import engram.learn.forgetting.ForgettingChapter;
import engram.learn.forward.ForwardChapter;
import engram.learn.fusion.FusionChapter;
import engram.learn.learning.LearningChapter;
import engram.learn.look.LookChapter;
import engram.learn.loop.LoopChapter;
import engram.learn.memory.MemoryChapter;
import engram.learn.pictures.PicturesChapter;
import engram.learn.remembering.RememberingChapter;
import engram.learn.shapes.ShapesChapter;
import java.util.List;
import java.util.Optional;

/** The course: chapters in the order in which they build on each other. */
public final class Course {
  private Course() {}

  public static final List<Chapter> CHAPTERS =
      List.of(
          LookChapter.CHAPTER,
          ShapesChapter.CHAPTER,
          ForwardChapter.CHAPTER,
          BackwardChapter.CHAPTER,
          AutogradChapter.CHAPTER,
          BackpropChapter.CHAPTER,
          FusionChapter.CHAPTER,
          MemoryChapter.CHAPTER,
          PicturesChapter.CHAPTER,
          LearningChapter.CHAPTER,
          LoopChapter.CHAPTER,
          LoopChapter.YEAR_1998,
          FastChapter.CHAPTER,
          DeviceChapter.CHAPTER,
          ForgettingChapter.CHAPTER,
          RememberingChapter.CHAPTER,
          ContinualChapter.CHAPTER,
          ContinualChapter.CAPSTONE);

  /** All exercises, in order. */
  public static List<Exercise<?>> exercises() {
    return CHAPTERS.stream().<Exercise<?>>flatMap(chapter -> chapter.exercises().stream()).toList();
  }

  /** The exercise of this name, if there is one. */
  public static Optional<Exercise<?>> exercise(String name) {
    return exercises().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The chapter of an exercise. */
  public static Chapter chapterOf(Exercise<?> exercise) {
    return CHAPTERS.stream()
        .filter(chapter -> chapter.exercises().contains(exercise))
        .findFirst()
        .orElseThrow();
  }
}
