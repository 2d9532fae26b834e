using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Models.Tagging.Serving;

/// <summary>
/// The tagger for callers that speak tensors: texts in; out all mentions of all texts one after another, each with its row,
/// its place in code points, its label and its probability.
/// </summary>
/// <param name="tokenizer">Text to tokens.</param>
internal sealed class TaggerCodec(TaggingTokenizer tokenizer) : ITensorCodec<TokenizedText, TagReply>
{
    /// <summary>Input: texts, BYTES [rows].</summary>
    public const string Text = "text";

    private const int TextMax = 4_000;

    /// <inheritdoc />
    public TensorSignature Signature { get; } = new(
        [new TensorSpec(Text, TensorType.Bytes, [-1])],
        [
            new TensorSpec("row", TensorType.Int64, [-1]),
            new TensorSpec("start", TensorType.Int64, [-1]),
            new TensorSpec("end", TensorType.Int64, [-1]),
            new TensorSpec("label", TensorType.Bytes, [-1]),
            new TensorSpec("score", TensorType.Fp32, [-1]),
        ]);

    /// <inheritdoc />
    public IReadOnlyList<TokenizedText> Decode(IReadOnlyDictionary<string, TensorValue> inputs) =>
        [.. inputs[Text].Texts().Select(text => text.Length is > 0 and <= TextMax
            ? tokenizer.Tokenize(text)
            : throw new TensorFaultException(Text, $"must be texts of 1 to {TextMax} characters"))];

    /// <inheritdoc />
    public IReadOnlyList<TensorValue> Encode(IReadOnlyList<TagReply> rows)
    {
        var spans = rows.SelectMany((reply, row) => reply.Spans.Select((span, at) => (Row: (long)row, Span: span, Score: reply.Scores[at]))).ToList();
        return
        [
            TensorValue.Of("row", [.. spans.Select(entry => entry.Row)], spans.Count),
            TensorValue.Of("start", [.. spans.Select(entry => (long)entry.Span.Start)], spans.Count),
            TensorValue.Of("end", [.. spans.Select(entry => (long)entry.Span.End)], spans.Count),
            TensorValue.Of("label", spans.Select(entry => entry.Span.Label), spans.Count),
            TensorValue.Of("score", [.. spans.Select(entry => entry.Score)], spans.Count),
        ];
    }
}
