package engram.bench.track;

import java.time.Instant;

/**
 * When something was measured.
 *
 * @param epoch epochs that the run had done, over all its tasks
 * @param time on the clock: delivery may be much later
 */
record Moment(int epoch, Instant time) {

  static Moment now(int epoch) {
    return new Moment(epoch, Instant.now());
  }
}
