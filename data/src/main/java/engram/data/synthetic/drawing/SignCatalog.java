package engram.data.synthetic.drawing;

import java.util.List;

/** The 43 signs in the class order of GTSRB. */
public final class SignCatalog {

  private SignCatalog() {}

  /** Drawings of classes 0..42. */
  public static List<Sign> signs() {
    return List.of(
        RoundSigns.speedLimit("20"),
        RoundSigns.speedLimit("30"),
        RoundSigns.speedLimit("50"),
        RoundSigns.speedLimit("60"),
        RoundSigns.speedLimit("70"),
        RoundSigns.speedLimit("80"),
        RoundSigns.endOfSpeedLimit("80"),
        RoundSigns.speedLimit("100"),
        RoundSigns.speedLimit("120"),
        RoundSigns.noPassing(),
        RoundSigns.noPassingByTrucks(),
        WarningSigns.priorityAtNextCrossing(),
        PrioritySigns.priorityRoad(),
        PrioritySigns.yield(),
        PrioritySigns.stop(),
        RoundSigns.noVehicles(),
        RoundSigns.noTrucks(),
        RoundSigns.noEntry(),
        WarningSigns.danger(),
        WarningSigns.curveLeft(),
        WarningSigns.curveRight(),
        WarningSigns.doubleCurve(),
        WarningSigns.bumpyRoad(),
        WarningSigns.slipperyRoad(),
        WarningSigns.roadNarrowsOnTheRight(),
        WarningSigns.roadWork(),
        WarningSigns.trafficLights(),
        WarningSigns.pedestrians(),
        WarningSigns.children(),
        WarningSigns.bicycles(),
        WarningSigns.snow(),
        WarningSigns.wildAnimals(),
        RoundSigns.endOfAllLimits(),
        BlueSigns.turnRight(),
        BlueSigns.turnLeft(),
        BlueSigns.straight(),
        BlueSigns.straightOrRight(),
        BlueSigns.straightOrLeft(),
        BlueSigns.keepRight(),
        BlueSigns.keepLeft(),
        BlueSigns.roundabout(),
        RoundSigns.endOfNoPassing(),
        RoundSigns.endOfNoPassingByTrucks());
  }
}
