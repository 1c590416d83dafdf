package engram.learn.exercise;

import java.util.List;

/**
 * Exercises on one subject.
 *
 * @param number as people say it: {@code 2}, or a year for those that bring all before them
 *     together
 * @param title its subject
 * @param text the file with its text, from the root of the project; each exercise is a heading
 *     there
 */
public record Chapter(String number, String title, String text, List<Exercise<?>> exercises) {
  public Chapter {
    exercises = List.copyOf(exercises);
  }

  /** Where the text of an exercise stands, such as {@code engine/COURSE.md#leaky-relu}. */
  public String textOf(Exercise<?> exercise) {
    return text + "#" + exercise.name();
  }
}
