using System.Collections.Frozen;
using System.Text;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>The tokens of a WordPiece model in the order of their ids: what <c>vocab.txt</c> holds, one a line from id 0.</summary>
internal sealed class Vocabulary
{
    /// <summary>Most tokens taken; the largest published vocabulary (mBERT) has 119,547.</summary>
    public const int TokensMax = 1_000_000;

    /// <summary>What continues a word begins with this.</summary>
    public const string ContinuationPrefix = "##";

    /// <summary>The special tokens that every vocabulary must hold.</summary>
    public static readonly IReadOnlyList<string> Specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    private readonly FrozenDictionary<string, int> ids;

    /// <summary>Takes tokens in the order of their ids.</summary>
    /// <exception cref="ImportException">There are too many, or a special token is missing.</exception>
    public Vocabulary(IReadOnlyList<string> tokens)
    {
        if (tokens.Count > TokensMax)
        {
            throw new ImportException($"The vocabulary has {tokens.Count} tokens; at most {TokensMax} are taken.");
        }

        Tokens = tokens;
        var byToken = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
        {
            byToken[tokens[id]] = id; // of two equal lines the later counts, as in Hugging Face's loader
        }

        ids = byToken.ToFrozenDictionary(StringComparer.Ordinal);
        var absent = Specials.Where(token => !ids.ContainsKey(token)).ToList();
        if (absent.Count > 0)
        {
            throw new ImportException($"The vocabulary lacks {string.Join(", ", absent)}: a BERT vocabulary (vocab.txt) has them.");
        }

        (Pad, Unknown, Cls, Sep, Mask) = (ids["[PAD]"], ids["[UNK]"], ids["[CLS]"], ids["[SEP]"], ids["[MASK]"]);
    }

    /// <summary>Token of each id.</summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>How many tokens there are.</summary>
    public int Count => Tokens.Count;

    /// <summary>Id of <c>[PAD]</c>.</summary>
    public int Pad { get; }

    /// <summary>Id of <c>[UNK]</c>.</summary>
    public int Unknown { get; }

    /// <summary>Id of <c>[CLS]</c>, which begins a sequence.</summary>
    public int Cls { get; }

    /// <summary>Id of <c>[SEP]</c>, which ends one.</summary>
    public int Sep { get; }

    /// <summary>Id of <c>[MASK]</c>.</summary>
    public int Mask { get; }

    /// <summary>The id of a token, if the vocabulary has it.</summary>
    public bool TryGetId(string token, out int id) => ids.TryGetValue(token, out id);

    /// <summary>Reads <c>vocab.txt</c>.</summary>
    /// <exception cref="ImportException">It cannot be read or is no BERT vocabulary.</exception>
    public static Vocabulary Read(string path)
    {
        var report = new ImportReport(path);
        var tokens = new List<string>();
        foreach (var line in InputLines.Read(path, report))
        {
            tokens.Add(line.Text);
            if (tokens.Count > TokensMax)
            {
                break; // the constructor says so
            }
        }

        return report.Malformed == 0 ? new Vocabulary(tokens) : throw new ImportException($"{report.Listed[0]}: this is no vocabulary.");
    }

    /// <summary>Writes <c>vocab.txt</c>.</summary>
    public void Write(string path) => File.WriteAllText(path, string.Join('\n', Tokens) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
}
