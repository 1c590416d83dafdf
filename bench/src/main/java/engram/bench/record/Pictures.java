package engram.bench.record;

import engram.bench.picture.ChartStyle;
import engram.bench.picture.Png;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes pictures where the machine can draw, and says once why not where it cannot: servers and
 * containers often have no fonts, and a run must not fail for that after hours of training.
 */
public final class Pictures {
  private final BestEffort files;
  private final Optional<String> problem;

  /** Pictures in a run's folder; tries at once whether this machine can draw. */
  public Pictures(BestEffort files) {
    this(files, problemWithText());
  }

  Pictures(BestEffort files, Optional<String> problem) {
    this.files = files;
    this.problem = problem;
  }

  /** Why no picture can be drawn, with what to do; empty when all is well. */
  public Optional<String> problem() {
    return problem;
  }

  /** Draws and writes {@code name}, or does nothing where there is a {@link #problem}. */
  public void write(String name, Supplier<BufferedImage> picture) {
    if (problem.isEmpty()) {
      files.write(name, out -> Png.write(picture.get(), out));
    }
  }

  /**
   * Tries a word. Java reports missing fonts and font libraries by many kinds of exceptions and
   * errors, so this one place takes any of them as the answer.
   */
  private static Optional<String> problemWithText() {
    System.setProperty("java.awt.headless", "true");
    try {
      Graphics2D graphics = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB).createGraphics();
      graphics.setFont(ChartStyle.font(Font.PLAIN, 12));
      graphics.drawString("task", 0, 8);
      graphics.dispose();
      return Optional.empty();
    } catch (RuntimeException | Error e) {
      return Optional.of(
          "no pictures: this machine has no fonts for Java (%s)\n".formatted(e)
              + "Install some, for example  apt install fontconfig fonts-dejavu-core");
    }
  }
}
