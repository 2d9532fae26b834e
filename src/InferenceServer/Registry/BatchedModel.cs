using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>A version that serves typed requests through <see cref="Batcher"/> and the same ones as tensors. Owns the batcher.</summary>
/// <param name="batcher">Its instances.</param>
/// <param name="codec">Tensors to rows and back.</param>
/// <param name="device">Device of its instances, in words.</param>
/// <param name="attachment">What typed callers need beside the batcher, such as a vocabulary; null for none.</param>
internal sealed class BatchedModel<TIn, TOut>(Batcher<TIn, TOut> batcher, ITensorCodec<TIn, TOut> codec, string device, object? attachment = null) : IServedModel
{
    /// <summary>For callers that speak the model's own types.</summary>
    public Batcher<TIn, TOut> Batcher => batcher;

    /// <summary>What typed callers need beside the batcher.</summary>
    public object? Attachment => attachment;

    /// <inheritdoc />
    public TensorSignature Signature => codec.Signature;

    /// <inheritdoc />
    public int Instances => batcher.Instances;

    /// <inheritdoc />
    public string Device => device;

    /// <inheritdoc />
    public async Task<TensorReply> InferAsync(
        IReadOnlyDictionary<string, TensorValue> inputs, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var rows = codec.Decode(inputs);
        var replies = await Task.WhenAll(rows.Select(row => batcher.SubmitAsync(row, priority, deadline, cancellationToken)));
        var slowest = replies.Length == 0 ? default : replies.MaxBy(reply => reply.Facts.QueueTime + reply.Facts.ComputeTime).Facts;
        return new TensorReply(codec.Encode([.. replies.Select(reply => reply.Value)]), slowest);
    }

    /// <inheritdoc />
    public async Task WarmAsync(IReadOnlyDictionary<string, TensorValue> inputs, CancellationToken cancellationToken)
    {
        foreach (var row in codec.Decode(inputs))
        {
            await batcher.SubmitToEachAsync(row, cancellationToken);
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => batcher.DisposeAsync();
}
