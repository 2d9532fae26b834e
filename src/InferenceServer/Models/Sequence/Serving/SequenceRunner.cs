using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>
/// Scores all works for batches of learners. A batch whose scores would take more than <see cref="ScoresMax"/> floats is
/// computed in parts, so that a catalogue of millions costs no gigabytes.
/// </summary>
/// <param name="shared">The model.</param>
internal sealed class SequenceRunner(SharedSequenceModel shared) : IBatchRunner<SequenceRequest, SequenceReply>
{
    private const int ScoresMax = 1 << 22; // 16 MiB

    private readonly SequenceScorer scorer = new(shared.Model.Network, shared.Packed);
    private float[] scores = [];

    /// <inheritdoc />
    public int LengthOf(SequenceRequest input) => Math.Clamp(input.History.Length, 1, shared.Model.Network.Shape.LengthMax);

    /// <inheritdoc />
    public IReadOnlyList<SequenceReply> Run(IReadOnlyList<SequenceRequest> batch)
    {
        var replies = new List<SequenceReply>(batch.Count);
        var rows = Math.Clamp(ScoresMax / shared.Model.ItemCount, 1, batch.Count);
        for (var from = 0; from < batch.Count; from += rows)
        {
            Compute([.. batch.Skip(from).Take(rows)], replies);
        }

        return replies;
    }

    /// <inheritdoc />
    public void Dispose() => shared.Return();

    private void Compute(SequenceRequest[] part, List<SequenceReply> replies)
    {
        var (items, width) = (shared.Model.ItemCount, shared.Model.Network.Shape.Width);
        if (scores.Length < part.Length * items)
        {
            scores = new float[part.Length * items];
        }

        var states = new float[part.Length * width];
        scorer.Run([.. part.Select(request => request.History)], scores.AsSpan(0, part.Length * items), states);
        for (var row = 0; row < part.Length; row++)
        {
            var reply = new SequenceReply(part[row], items, width);
            scores.AsSpan(row * items, items).CopyTo(reply.Scores);
            states.AsSpan(row * width, width).CopyTo(reply.State);
            replies.Add(reply);
        }
    }
}
