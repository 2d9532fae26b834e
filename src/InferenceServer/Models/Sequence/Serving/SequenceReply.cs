using System.Buffers;

namespace KpGrpc.InferenceServer.Models.Sequence.Serving;

/// <summary>
/// The network's scores of all works for one learner. Whoever receives it disposes it, which gives its array to the pool; one
/// whose receiver has gone is left to the garbage collector.
/// </summary>
/// <param name="request">What was asked.</param>
/// <param name="items">Works of the model.</param>
/// <param name="width">Width of the state.</param>
internal sealed class SequenceReply(SequenceRequest request, int items, int width) : IDisposable
{
    private float[]? scores = ArrayPool<float>.Shared.Rent(items);

    /// <summary>What was asked.</summary>
    public SequenceRequest Request => request;

    /// <summary>Logits, [items].</summary>
    public Span<float> Scores => (scores ?? throw new ObjectDisposedException(nameof(SequenceReply))).AsSpan(0, items);

    /// <summary>The learner's state, [width].</summary>
    public float[] State { get; } = new float[width];

    /// <inheritdoc />
    public void Dispose()
    {
        if (Interlocked.Exchange(ref scores, null) is { } lent)
        {
            ArrayPool<float>.Shared.Return(lent);
        }
    }
}
