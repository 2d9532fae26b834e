using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;
using KpGrpc.InferenceServer.Tensors;

namespace KpGrpc.InferenceServer.Tests.Registry.Loading;

/// <summary>A model in memory without folder or thread: it answers what a function says.</summary>
internal sealed class LoadedModel(Func<float, float> function) : IServedModel
{
    public TensorSignature Signature { get; } = new([new TensorSpec("x", TensorType.Fp32, [-1])], [new TensorSpec("y", TensorType.Fp32, [-1])]);

    public int Instances => 1;

    public string Device => "cpu";

    public static ServedVersion Version() => new(
        new ModelFolder("nowhere", new ModelCard { Name = "scale", Version = "v1", Task = ModelTask.Recommendation, Kind = "fake", PublishedAt = DateTimeOffset.UnixEpoch }),
        new LoadedModel(x => x),
        DateTimeOffset.UnixEpoch);

    public Task<TensorReply> InferAsync(IReadOnlyDictionary<string, TensorValue> inputs, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken) =>
        Task.FromResult(new TensorReply([TensorValue.Of("y", [.. inputs["x"].Floats.Select(function)], inputs["x"].Shape[0])], default));

    public Task WarmAsync(IReadOnlyDictionary<string, TensorValue> inputs, CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
