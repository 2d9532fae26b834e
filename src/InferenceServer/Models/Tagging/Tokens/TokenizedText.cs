namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>A text as the network reads it. Position 0 is <c>[CLS]</c> and the last one <c>[SEP]</c>.</summary>
/// <param name="Ids">Token ids, <c>[CLS]</c> and <c>[SEP]</c> included.</param>
/// <param name="Starts">First code point of each token in the original text; -1 for the two special ones.</param>
/// <param name="Ends">The code point after each token's last one; -1 for the two special ones.</param>
/// <param name="CodePoints">Length of the text in Unicode code points.</param>
/// <param name="Truncated">Whether the text has more tokens than are read: what follows the last one has no tag.</param>
internal sealed record TokenizedText(int[] Ids, int[] Starts, int[] Ends, int CodePoints, bool Truncated)
{
    /// <summary>Tokens, the two special ones included.</summary>
    public int Length => Ids.Length;
}
