package engram.data.gtsrb;

import java.util.List;

/** The 43 classes of the German Traffic Sign Recognition Benchmark, in the order of their ids. */
public final class GtsrbClasses {

  /** Name of each class; the index is its ClassId. */
  public static final List<String> NAMES =
      List.of(
          "Speed limit 20",
          "Speed limit 30",
          "Speed limit 50",
          "Speed limit 60",
          "Speed limit 70",
          "Speed limit 80",
          "End of speed limit 80",
          "Speed limit 100",
          "Speed limit 120",
          "No overtaking",
          "No overtaking by lorries",
          "Priority at next junction",
          "Priority road",
          "Give way",
          "Stop",
          "No vehicles",
          "No lorries",
          "No entry",
          "Danger",
          "Bend left",
          "Bend right",
          "Double bend",
          "Uneven road",
          "Slippery road",
          "Road narrows on the right",
          "Road works",
          "Traffic signals",
          "Pedestrians",
          "Children",
          "Bicycles",
          "Snow or ice",
          "Wild animals",
          "End of all limits",
          "Turn right ahead",
          "Turn left ahead",
          "Ahead only",
          "Ahead or right",
          "Ahead or left",
          "Keep right",
          "Keep left",
          "Roundabout",
          "End of no overtaking",
          "End of no overtaking by lorries");

  /** Number of classes. */
  public static final int COUNT = NAMES.size();

  private GtsrbClasses() {}
}
