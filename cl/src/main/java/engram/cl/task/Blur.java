package engram.cl.task;

import engram.random.CounterRandom;

/**
 * Training images that come in other tasks than that of their class: a share of each class, spread
 * evenly over all other tasks ("blurry" tasks: Bang et al. 2021, Rainbow Memory; Koh et al. 2022).
 */
final class Blur {
  private Blur() {}

  /**
   * The task in which each image comes.
   *
   * @param classes class of each image
   * @param taskOfClass task of each class, -1 for a class of no task
   * @param share of the images of a class that come in other tasks, rounded; one stays at least
   * @param random numbers for this alone
   */
  static int[] tasksOf(
      int[] classes, int[] taskOfClass, int tasks, double share, CounterRandom random) {
    int[] taskOf = new int[classes.length];
    int[] count = new int[taskOfClass.length];
    for (int i = 0; i < classes.length; i++) {
      taskOf[i] = taskOfClass[classes[i]];
      count[classes[i]]++;
    }
    for (int c = 0; c < taskOfClass.length; c++) {
      if (taskOfClass[c] < 0 || tasks == 1 || count[c] == 0) {
        continue;
      }
      int[] images = new int[count[c]];
      int n = 0;
      for (int i = 0; i < classes.length; i++) {
        if (classes[i] == c) {
          images[n++] = i;
        }
      }
      int[] shuffled = random.split(c).permutation(n);
      int moved = (int) Math.min(n - 1, Math.round(share * n));
      for (int k = 0; k < moved; k++) {
        // Classes begin at different tasks, so that what is left over does not go to one.
        int other = (c + k) % (tasks - 1);
        taskOf[images[shuffled[k]]] = other < taskOfClass[c] ? other : other + 1;
      }
    }
    return taskOf;
  }
}
