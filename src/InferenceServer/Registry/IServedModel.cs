using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>
/// A version in memory, whatever its kind: it can be asked with tensors, which is also how it is warmed and how its golden
/// set is checked. Dispose drains it and returns its memory. Safe from any thread.
/// </summary>
internal interface IServedModel : IAsyncDisposable
{
    /// <summary>What it takes and gives.</summary>
    TensorSignature Signature { get; }

    /// <summary>Instances that serve it.</summary>
    int Instances { get; }

    /// <summary>Device that it computes on, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    string Device { get; }

    /// <summary>Answers a request of one or more rows.</summary>
    /// <exception cref="TensorFaultException">An input does not fit.</exception>
    Task<TensorReply> InferAsync(IReadOnlyDictionary<string, TensorValue> inputs, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken);

    /// <summary>Has every instance compute a recorded request, so that no client meets a cold one.</summary>
    Task WarmAsync(IReadOnlyDictionary<string, TensorValue> inputs, CancellationToken cancellationToken);
}
