# Read by the launchers: how the Java runtime is started.

# given PATTERN: true when the person's own options have it; they win over ours.
given() {
  case " ${JAVA_TOOL_OPTIONS:-} ${JDK_JAVA_OPTIONS:-} ${_JAVA_OPTIONS:-} " in
    *[\ \"]$1*) return 0 ;;
    *) return 1 ;;
  esac
}

# Java reads names of files in the character set of the locale.  In that of C, also where a locale is
# named that is not installed, it knows no letter beyond ASCII: this system's UTF-8 does no harm then.
use_utf8() {
  charmap=${LC_ALL:-${LC_CTYPE:-${LANG:-C}}}
  case $charmap in
    C | POSIX | C.UTF-8 | C.utf8) ;;
    *) charmap=$(locale charmap 2>/dev/null || printf '%s' "$charmap") ;;
  esac
  case $charmap in
    C | POSIX | ANSI_X3.4-1968 | US-ASCII | 646) ;;
    *) return 0 ;;
  esac
  LC_ALL=C.UTF-8
  export LC_ALL
}

# A kernel of the Vector API is a hundred times as slow until Java's best compiler has had it, which
# waits for thousands of calls, and whoever runs the slow one meanwhile takes the time from the
# compiler.  So kernels are compiled after few calls, and their thread waits for it.  Register tiles
# have one path, and a profile of it in no time; of the others all paths should have been seen.
compile_kernels_early() {
  engine=engram.backend.vector
  options="$options -XX:CompileCommand=quiet -XX:CompileCommand=BackgroundCompilation,$engine.*::*,false"
  for share in "tile.*::*,0.02" "conv.*::*,0.3" "matmul.*::*,0.3" "norm.*::*,0.3" "light.*::*,0.3"; do
    options="$options -XX:CompileCommand=CompileThresholdScaling,$engine.$share"
  done
}

# java_options ARGUMENTS: sets $options to those of the Java runtime, for all arguments in one text.
java_options() {
  options="--enable-native-access=ALL-UNNAMED -Djava.awt.headless=true -XX:-UsePerfData"
  case ${1%% *} in
    # The Vector API is an incubator module, and Java warns of those at each start: only commands
    # that compute load it.
    run | replay | step | sweep | tune | verify | explain | graph | compare | bench | devices | shell | learn)
      options="$options --add-modules jdk.incubator.vector"
      compile_kernels_early
      ;;
    data | export) ;;
    # The others end before a better compiler or collector would pay.
    *)
      options="$options -XX:TieredStopAtLevel=1"
      # A list is printed sooner than anything is compiled (with plug-ins, javac runs).
      if [ "$1" = strategies ]; then options="$options -Xint"; fi
      given '-XX:+Use*GC' || options="$options -XX:+UseSerialGC"
      return 0
      ;;
  esac
  # G1 puts a large array at the start of a region, which the kernels count on; a small young
  # generation, and leave to collect rather than to grow (GCTimeRatio), keep the process at two thirds
  # of its size; a training step allocates nothing anyway.
  given '-XX:+Use*GC' || options="$options -XX:+UseG1GC"
  given '-XX:GCTimeRatio' || options="$options -XX:GCTimeRatio=2"
  # Of a heap that is told to be smaller than these, Java would say that they conflict.
  if ! given '-Xmx[0-9][mM]' && ! given '-Xmx[0-9][0-9][mM]' && ! given '-Xmx1[0-9][0-9][mM]' &&
    ! given '-Xmx[0-9][0-9][0-9][0-9][0-9][kK]' && ! given '-XX:MaxHeapSize'; then
    given '-Xms' || given '-XX:InitialHeapSize' || options="$options -Xms64m"
    given '-Xmn' || given '-XX:*NewSize' || options="$options -XX:MaxNewSize=96m"
  fi
}

# make_cache JAVA JAR CACHE: what commands that do not compute load and link, ready for use.  Where it
# cannot be made, an empty one says so, or each start would try again.
make_cache() {
  java_options ''
  # shellcheck disable=SC2086 # words
  "$1" $options "-XX:AOTCacheOutput=$3.$$" -cp "$2" engram.bench.Engram strategies \
    </dev/null >/dev/null 2>&1 || rm -f "$3.$$"
  mv -f "$3.$$" "$3" 2>/dev/null || : >"$3"
}

# start_java JAVA JAR FOLDER ARGUMENTS...: becomes the program.  Classes parsed and verified once are
# kept in FOLDER, if it is not empty, by the first start with a new jar.  With the Vector API's module
# Java 25 can link none of them ahead of time: there the JVM makes an archive of classes when it ends.
# One that does not fit is passed over, which needs no message.
start_java() {
  java=$1 program=$2 folder=$3
  shift 3
  java_options "$*"
  set -- -cp "$program" engram.bench.Engram "$@"
  if given '-Xshare' || given '-XX:*SharedArchiveFile' || given '-XX:AOT'; then folder=''; fi
  case $options in
    *TieredStopAtLevel*)
      if [ -n "$folder" ]; then
        cache=$folder/engram.aot
        if ! [ "$cache" -nt "$program" ] && [ -w "$folder" ]; then
          (make_cache "$java" "$program" "$cache") 2>/dev/null || :
        fi
        if [ -s "$cache" ] && [ "$cache" -nt "$program" ]; then
          set -- "-XX:AOTCache=$cache" "-Xlog:cds*=off,aot*=off" "$@"
        fi
      fi
      ;;
    *incubator*)
      if [ -n "$folder" ] && [ -w "$folder" ]; then
        archive=$folder/engram.jsa
        if [ "$program" -nt "$archive" ]; then rm -f "$archive"; fi
        set -- -XX:+AutoCreateSharedArchive "-XX:SharedArchiveFile=$archive" \
          "-Xlog:cds*=off,aot*=off" "$@"
      fi
      ;;
  esac
  set -f # the stars among the options stand for themselves
  # shellcheck disable=SC2086 # words
  exec "$java" $options "$@"
}
