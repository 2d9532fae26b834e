using System.Text;
using Microsoft.ML.Tokenizers;

namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>
/// Text to token ids with offsets in Unicode code points of the original text: words by <see cref="WordSplitter"/>, pieces by
/// the WordPiece of Microsoft.ML.Tokenizers (whose own BERT splitter counts offsets in the normalized text). Thread-safe.
/// </summary>
internal sealed class TaggingTokenizer
{
    /// <summary>Most tokens a sequence has unless the network takes fewer.</summary>
    public const int DefaultTokensMax = 128;

    /// <summary>Words longer than this many UTF-16 units become <c>[UNK]</c>, as in the original.</summary>
    public const int WordLengthMax = 100;

    private readonly WordSplitter splitter;
    private readonly WordPieceTokenizer pieces;

    /// <summary>Makes the tokenizer of a vocabulary.</summary>
    /// <param name="vocabulary">Its tokens.</param>
    /// <param name="lowerCase">Whether the vocabulary is lower-case (Hugging Face's <c>do_lower_case</c>).</param>
    /// <param name="tokensMax">Most tokens of a sequence, <c>[CLS]</c> and <c>[SEP]</c> included; at least 3.</param>
    public TaggingTokenizer(Vocabulary vocabulary, bool lowerCase = true, int tokensMax = DefaultTokensMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokensMax, 3);
        Vocabulary = vocabulary;
        LowerCase = lowerCase;
        TokensMax = tokensMax;
        splitter = new WordSplitter(lowerCase);
        // Of equal lines the last one counts; the library takes each token once, and no word holds a space.
        var unique = vocabulary.Tokens.Select((token, id) => vocabulary.TryGetId(token, out var counts) && counts == id ? token : $"duplicate {id}");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', unique)));
        pieces = WordPieceTokenizer.Create(stream, new WordPieceOptions
        {
            PreTokenizer = null,
            Normalizer = null,
            UnknownToken = vocabulary.Tokens[vocabulary.Unknown],
            ContinuingSubwordPrefix = Vocabulary.ContinuationPrefix,
            MaxInputCharsPerWord = WordLengthMax,
        });
    }

    /// <summary>The tokens known.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Whether letters are folded.</summary>
    public bool LowerCase { get; }

    /// <summary>Most tokens of a sequence.</summary>
    public int TokensMax { get; }

    /// <summary>Cuts a text into tokens; what does not fit is cut off and said.</summary>
    public TokenizedText Tokenize(string text)
    {
        var ids = new List<int>(Math.Min(text.Length + 2, TokensMax)) { Vocabulary.Cls };
        var starts = new List<int>(ids.Capacity) { -1 };
        var ends = new List<int>(ids.Capacity) { -1 };
        var truncated = false;
        var words = splitter.Split(text, out var codePoints);
        foreach (var word in words)
        {
            AppendPieces(word, ids, starts, ends);
            if (ids.Count > TokensMax - 1)
            {
                truncated = true;
                break;
            }
        }

        if (truncated)
        {
            var keep = TokensMax - 1;
            ids.RemoveRange(keep, ids.Count - keep);
            starts.RemoveRange(keep, starts.Count - keep);
            ends.RemoveRange(keep, ends.Count - keep);
        }

        ids.Add(Vocabulary.Sep);
        starts.Add(-1);
        ends.Add(-1);
        return new TokenizedText([.. ids], [.. starts], [.. ends], codePoints, truncated);
    }

    private void AppendPieces(Word word, List<int> ids, List<int> starts, List<int> ends)
    {
        if (Vocabulary.TryGetId(word.Text, out var whole))
        {
            Append(word, whole, 0, word.Text.Length); // WordPiece takes the longest match first
            return;
        }

        foreach (var piece in pieces.EncodeToTokens(word.Text, out _, considerPreTokenization: false, considerNormalization: false))
        {
            Append(word, piece.Id, piece.Offset.Start.Value, piece.Offset.End.Value);
        }

        void Append(Word of, int id, int from, int until)
        {
            ids.Add(id);
            starts.Add(of.Origins[from]);
            ends.Add(of.Origins[until - 1] + 1);
        }
    }
}
