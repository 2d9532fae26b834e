using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Models.Tagging.Crf;
using KpGrpc.InferenceServer.Models.Tagging.Network;
using KpGrpc.InferenceServer.Models.Tagging.Spans;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Torch;
using TorchSharp;

namespace KpGrpc.InferenceServer.Models.Tagging;

/// <summary>
/// Tags batches of tokenized texts. A batch is as long as its longest text, never 128; it is cut where filling it up would
/// cost more than another call. One thread.
/// </summary>
internal sealed class TaggerRunner : IBatchRunner<TokenizedText, TagReply>
{
    private const double WasteMax = 0.15; // share of a call's tokens that may be filling
    private const int TokensMax = 2048; // of one call: what a core's cache holds goes faster than more rows at once

    private readonly TaggerModel model;
    private readonly bool ownsModel;
    private readonly ViterbiDecoder decoder;
    private readonly (torch.Tensor Weight, torch.Tensor Bias)[] joined;

    /// <summary>Takes a model, whose weights must not change while the runner lives.</summary>
    /// <param name="model">The model.</param>
    /// <param name="ownsModel">Whether the model is disposed with the runner.</param>
    public TaggerRunner(TaggerModel model, bool ownsModel = true)
    {
        this.model = model;
        this.ownsModel = ownsModel;
        decoder = new ViterbiDecoder(model.Tags, model.Crf?.Transitions());
        using var inference = torch.inference_mode();
        joined = [.. model.Network.JoinProjections().Select(pair => (pair.Weight.DetachFromDisposeScope(), pair.Bias.DetachFromDisposeScope()))];
    }

    /// <summary>The model.</summary>
    public TaggerModel Model => model;

    /// <inheritdoc />
    public int LengthOf(TokenizedText input) => input.Length <= model.Network.Settings.PositionsMax
        ? input.Length
        : throw new ArgumentException($"The text has {input.Length} tokens, and the model takes {model.Network.Settings.PositionsMax}.", nameof(input));

    /// <inheritdoc />
    public IReadOnlyList<TagReply> Run(IReadOnlyList<TokenizedText> batch)
    {
        var replies = new TagReply[batch.Count];
        var order = Enumerable.Range(0, batch.Count).OrderBy(index => batch[index].Length).ToArray();
        foreach (var part in Parts(order, batch))
        {
            var logits = Logits([.. part.Select(index => batch[index].Ids)]);
            var width = logits.Length / part.Length;
            for (var row = 0; row < part.Length; row++)
            {
                replies[part[row]] = Reply(batch[part[row]], logits.AsSpan(row * width, width));
            }
        }

        return replies;
    }

    /// <summary>The network's scores: [batch, longest, tags] float32, row by row, the special tokens included.</summary>
    /// <param name="sequences">Token ids, computed in one call.</param>
    public float[] Logits(IReadOnlyList<int[]> sequences)
    {
        using var inference = torch.inference_mode();
        using var scope = torch.NewDisposeScope();
        var tokens = TokenBatch.Of(sequences, model.Tokenizer.Vocabulary.Pad, model.Device);
        return model.Network.Classify(model.Network.Encode(tokens, null, joined)).ToValues<float>();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (weight, bias) in joined)
        {
            weight.Dispose();
            bias.Dispose();
        }

        if (ownsModel)
        {
            model.Dispose();
        }
    }

    /// <summary>Cuts texts in order of length into calls.</summary>
    private static IEnumerable<int[]> Parts(int[] order, IReadOnlyList<TokenizedText> batch)
    {
        var (from, tokens) = (0, 0);
        for (var at = 0; at < order.Length; at++)
        {
            var length = batch[order[at]].Length;
            var whole = (at - from + 1) * length;
            if (at > from && (whole > TokensMax || whole - tokens - length > WasteMax * whole))
            {
                yield return order[from..at];
                (from, tokens) = (at, 0);
            }

            tokens += length;
        }

        yield return order[from..];
    }

    /// <summary>The natural logarithm of a tag's probability.</summary>
    private static float LogProbability(ReadOnlySpan<float> scores, int tag)
    {
        var highest = float.NegativeInfinity;
        foreach (var score in scores)
        {
            highest = MathF.Max(highest, score);
        }

        var sum = 0f;
        foreach (var score in scores)
        {
            sum += MathF.Exp(score - highest);
        }

        return scores[tag] - highest - MathF.Log(sum);
    }

    private TagReply Reply(TokenizedText text, ReadOnlySpan<float> logits)
    {
        var count = model.Tags.Count;
        var tokens = logits.Slice(count, (text.Length - 2) * count); // without the special tokens
        var path = decoder.Decode(tokens, text.Length - 2);
        var spans = SpanReader.Read([.. path.Select(tag => model.Tags[tag])]);
        var scores = new float[spans.Count];
        for (var index = 0; index < spans.Count; index++)
        {
            var sum = 0f;
            for (var at = spans[index].Start; at < spans[index].End; at++)
            {
                sum += LogProbability(tokens.Slice(at * count, count), path[at]);
            }

            scores[index] = MathF.Exp(sum / (spans[index].End - spans[index].Start));
        }

        return new TagReply(SpanAlignment.ToCodePoints(text, spans), scores, path);
    }
}
