package engram.learn.pictures;

import engram.learn.api.Pictures;
import engram.learn.exercise.Chapter;
import engram.learn.exercise.Exercise;
import java.util.List;

/** From a file to a batch. */
public final class PicturesChapter {
  private PicturesChapter() {}

  public static final Chapter CHAPTER =
      new Chapter(
          "data",
          "From a file to a batch",
          "data/COURSE.md",
          List.of(
              Exercise.of("Idx", "pictures in a file", Pictures.Idx.class, IdxCheck::check)
                  .onOwnCode(),
              Exercise.of(
                      "Shuffle",
                      "an order by lot, without a state",
                      Pictures.Shuffle.class,
                      ShuffleCheck::check)
                  .onOwnCode(),
              Exercise.of("Crop", "more pictures from few", Pictures.Crop.class, CropCheck::check)
                  .onOwnCode()));
}
