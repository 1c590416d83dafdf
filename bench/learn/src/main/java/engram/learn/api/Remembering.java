package engram.learn.api;

import engram.op.Values;

/**
 * Chapter 12: what is done against forgetting. Losses are means over rows of one batch; beside each
 * the learner writes its gradient. Operands are read only; every element of a result is written,
 * whatever it held before.
 */
public final class Remembering {
  private Remembering() {}

  /** Herding: the images of a class that stand for it best. */
  public interface Herding {
    /**
     * Chooses rows whose mean is near the mean of all, greedily.
     *
     * @param features [N, D], a row for each image, of any length above 0
     * @param count how many to choose, at most N
     * @return numbers of the rows, in the order in which they were chosen
     */
    int[] choose(Values features, int count);
  }

  /** Experience replay: {@code CE(new images) + CE(images from memory)}. */
  public interface ExperienceReplay {
    /**
     * The loss of a batch.
     *
     * @param logits [N, K], first the rows of new images, then those of images from memory
     * @param labels [N], each 0 to K - 1
     * @param fresh how many rows are of new images, 1 to N; all if nothing is remembered yet
     * @param gradient of the loss with respect to each logit, [N, K], to be written
     */
    double loss(Values logits, int[] labels, int fresh, Values gradient);
  }

  /** Knowledge distillation: the old classes' answers of the network before the task. */
  public interface Distillation {
    /**
     * {@code T^2 KL(softmax(teacher / T) || softmax(logits[first M classes] / T))}.
     *
     * @param logits [N, K]
     * @param teacher logits of the network before the task, which has M classes, [N, M], M &lt;= K
     * @param temperature T, above 0
     * @param gradient of the loss with respect to each logit, [N, K], to be written
     */
    double loss(Values logits, Values teacher, double temperature, Values gradient);
  }

  /** DER++: images from memory keep the logits that they once had. */
  public interface DerPlusPlus {
    /**
     * {@code CE(new) + alpha MSE(first images from memory, stored) + beta CE(further images)}.
     *
     * @param logits [N, K]: the rows of new images, then M rows of images from memory that have
     *     stored logits, then at least one row of further images from memory
     * @param labels [N], each 0 to K - 1
     * @param fresh how many rows are of new images, 1 or more
     * @param stored logits that the M images had when they were stored, [M, K]
     * @param gradient of the loss with respect to each logit, [N, K], to be written
     */
    double loss(
        Values logits,
        int[] labels,
        int fresh,
        Values stored,
        double alpha,
        double beta,
        Values gradient);
  }

  /** Weight aligning: the classifier's rows of new classes, scaled to the length of old ones. */
  public interface WeightAligning {
    /**
     * Aligns a classifier.
     *
     * @param weight [K, D], a row for each class, none of them 0
     * @param old how many classes are old ones, 1 to K - 1; theirs are the first rows
     * @param aligned the result, [K, D], to be written
     */
    void align(Values weight, int old, Values aligned);
  }

  /** Elastic weight consolidation: weights that mattered are held where they were. */
  public interface Ewc {
    /**
     * How much each weight of a linear network {@code logits = x weight^T} matters: the diagonal of
     * its Fisher information, the mean over images of the squared gradient of {@code -log
     * p(label)}.
     *
     * @param x images [N, D]
     * @param labels [N], each 0 to K - 1
     * @param weight [K, D], a row for each class
     * @param importance [K, D], to be written
     */
    void importance(Values x, int[] labels, Values weight, Values importance);

    /**
     * {@code lambda / 2 sum over all weights of importance (weight - anchor)^2}.
     *
     * @param weight now, any shape
     * @param anchor after the old task, same shape
     * @param importance same shape
     * @param gradient of the penalty with respect to each weight, same shape, to be written
     */
    double penalty(Values weight, Values anchor, Values importance, double lambda, Values gradient);
  }
}
