package engram.nn.model;

import engram.base.Spelling;
import engram.tensor.ShapeException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words and marks of a network's text, read one after the other, and what is said of those that
 * cannot be: always with their place.
 */
final class Words {
  /** Longest text, in characters: no network that a person writes comes near it. */
  private static final int LONGEST = 20_000;

  private static final int SHOWN = 60;
  private static final int LARGEST = 1_000_000;
  private static final Pattern TOKEN = Pattern.compile("\\d+(?=x\\s*\\()|[,;:()]|[^\\s,;:()]+");
  private static final String MARKS = ",;:()";

  /**
   * A word, a number or a mark.
   *
   * @param text empty for the end of the text
   * @param column of its first character, from 1
   */
  record Token(String text, int column) {
    boolean is(String mark) {
      return text.equals(mark);
    }

    boolean isMark() {
      return text.length() == 1 && MARKS.contains(text);
    }

    @Override
    public String toString() {
      return text.isEmpty() ? "the end" : '"' + beginning(text) + '"';
    }
  }

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  /**
   * The words of a text.
   *
   * @throws IllegalArgumentException if it is longer than any network
   */
  Words(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "network text: it has %,d characters; %,d are allowed".formatted(text.length(), LONGEST));
    }
    source = text;
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(new Token(matcher.group(), matcher.start() + 1));
    }
  }

  /** The next token, which stays where it is. */
  Token peek() {
    return peek(0);
  }

  /** The one {@code ahead} tokens behind the next. */
  Token peek(int ahead) {
    return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token("", source.length() + 1);
  }

  Token next() {
    Token token = peek();
    at++;
    return token;
  }

  /** Takes the next token if it is this word or mark. */
  boolean take(String text) {
    boolean there = peek().is(text);
    at += there ? 1 : 0;
    return there;
  }

  /** Takes a mark that must be there. */
  void expect(String mark) {
    if (!take(mark)) {
      throw wrong(peek(), "here is %s, expected \"%s\"".formatted(peek(), mark));
    }
  }

  /** Whether a layer's own words go on. */
  boolean inLayer() {
    return !peek().text().isEmpty() && !peek().isMark();
  }

  boolean atNumber() {
    return peek().text().matches("[-+.]?\\d.*");
  }

  /** Where the next token is, to come {@link #back} to. */
  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  /** Enough of a text to know which one is meant. */
  static String beginning(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN - 3) + "...";
  }

  /** What was written from a place up to the next token. */
  String since(int mark) {
    int begin = tokens.get(mark).column() - 1;
    Token last = tokens.get(Math.max(mark, Math.min(at, tokens.size()) - 1));
    return source.substring(begin, last.column() - 1 + last.text().length());
  }

  /** A whole number from {@code least} to a million. */
  int whole(String what, int least) {
    Token token = next();
    if (token.text().matches("\\d{1,7}")) {
      int number = Integer.parseInt(token.text());
      if (number >= least && number <= LARGEST) {
        return number;
      }
    }
    throw wrong(
        token,
        "%s is %s, expected a whole number from %d to %,d".formatted(what, token, least, LARGEST));
  }

  /** A number from {@code least} to {@code most}, both included. */
  float number(String what, float least, float most) {
    Token token = next();
    if (token.text().matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")) {
      float number = Float.parseFloat(token.text());
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw wrong(
        token, "%s is %s, expected a number from %s to %s".formatted(what, token, least, most));
  }

  /** Any 64-bit whole number. */
  long any(String what) {
    Token token = next();
    try {
      return Long.parseLong(token.text());
    } catch (NumberFormatException e) {
      throw wrong(token, "%s is %s, expected a whole number".formatted(what, token));
    }
  }

  /** {@code network text, column 9: there is no "rely" here, perhaps relu; expected relu, conv}. */
  IllegalArgumentException unknown(Token token, Collection<String> words) {
    String near = Spelling.nearest(token.text(), words).map(word -> ", perhaps " + word).orElse("");
    String what = token.text().isEmpty() ? "the text ends" : "there is no %s".formatted(token);
    return wrong(token, "%s here%s; expected %s".formatted(what, near, String.join(", ", words)));
  }

  /** What is wrong with a token. */
  IllegalArgumentException wrong(Token token, String what) {
    return new IllegalArgumentException(place(token) + ": " + what);
  }

  /** What is wrong with the shapes of a layer that begins at {@code mark}. */
  ShapeException misfit(int mark, String what) {
    return new ShapeException(
        "%s, \"%s\": %s".formatted(place(tokens.get(mark)), beginning(since(mark)), what));
  }

  private static String place(Token token) {
    return "network text, column " + token.column();
  }
}
