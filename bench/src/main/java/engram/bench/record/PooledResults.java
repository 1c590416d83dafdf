package engram.bench.record;

import engram.base.WholeFile;
import engram.bench.file.CsvOut;
import engram.cl.result.StrategyRun;
import engram.cl.result.TaskResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link RunFiles#RESULTS} of several run folders in one table: the folder of each row, the
 * settings in which the folders differ, then the columns of a run's own table.
 */
public final class PooledResults {
  private final List<String> settings;
  private final CsvOut table;

  /**
   * @param settings names of the settings that are not the same in all folders
   */
  public PooledResults(List<String> settings) {
    this.settings = List.copyOf(settings);
    List<String> header = new ArrayList<>(List.of("run"));
    header.addAll(settings);
    header.addAll(ResultTables.RESULT_COLUMNS);
    table = new CsvOut(header);
  }

  /**
   * Adds what a run did.
   *
   * @param name of its folder, for the first column
   */
  public void add(String name, RecordedRun run) {
    Map<String, String> values = new LinkedHashMap<>(run.settings());
    for (RecordedStrategy strategy : run.strategies()) {
      StrategyRun results = strategy.run();
      for (TaskResult result : results.tasks()) {
        List<Object> row = new ArrayList<>(List.of(name));
        settings.forEach(setting -> row.add(values.getOrDefault(setting, "")));
        row.addAll(ResultTables.cells(result));
        table.add(row);
      }
    }
  }

  /** The file. */
  public WholeFile.Content table() {
    return table;
  }
}
