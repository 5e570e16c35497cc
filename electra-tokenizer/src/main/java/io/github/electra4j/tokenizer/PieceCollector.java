package io.github.electra4j.tokenizer;

/** Takes the words of a text apart and collects their pieces. */
final class PieceCollector implements WordSink {
  private final WordPiece wordPiece;
  private final Pieces pieces;

  PieceCollector(WordPiece wordPiece, Pieces pieces) {
    this.wordPiece = wordPiece;
    this.pieces = pieces;
  }

  @Override
  public boolean shortWord(long head, long tail, int start, int end) {
    int id = wordPiece.shortWord(head, tail);
    if (id == ShortWords.ABSENT) {
      return false;
    }
    pieces.add(id, start, end);
    pieces.endWord();
    return true;
  }

  @Override
  public void character(int codePoint, int start, int end) {
    pieces.add(wordPiece.character(codePoint), start, end);
    pieces.endWord();
  }

  @Override
  public void word(Word word) {
    wordPiece.match(word, pieces);
    pieces.endWord();
  }

  @Override
  public boolean full() {
    return pieces.full();
  }
}
