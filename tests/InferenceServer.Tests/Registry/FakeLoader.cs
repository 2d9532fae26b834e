using System.Collections.Concurrent;
using System.Globalization;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Loading;
using KpGrpc.InferenceServer.Tensors;
using KpGrpc.Testing;

namespace KpGrpc.InferenceServer.Tests.Registry;

/// <summary>A model that multiplies numbers by the one in its file: enough of a model for all that serves models.</summary>
internal sealed class FakeLoader : IModelLoader
{
    public const string KindName = "fake";

    private const string FactorFile = "factor.txt";

    public ConcurrentDictionary<string, int> Alive { get; } = new();

    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public string Kind => KindName;

    /// <summary>Publishes a version whose golden set says what <paramref name="golden"/> says.</summary>
    public static ModelFolder Publish(ModelFolders folders, string name, string version, float factor, double? metric = null, float? golden = null, int day = 1) =>
        folders.Publish(
            new ModelCard
            {
                Name = name,
                Version = version,
                Task = ModelTask.Recommendation,
                Kind = KindName,
                PublishedAt = new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero),
                Dataset = "numbers",
                Metrics = metric is { } value ? new Dictionary<string, CardMetric> { ["ndcg@10"] = new(value, 100) } : [],
                GateMetric = metric is null ? "" : "ndcg@10",
                WeightsFile = FactorFile,
            },
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, FactorFile), factor.ToString(CultureInfo.InvariantCulture));
                using var runner = new ScaleRunner(golden ?? factor, "", new FakeLoader());
                GoldenSet.Record(runner, new ScaleCodec(), [Inputs(1, 2, 3)], 1e-4).Save(folder);
            });

    public static Dictionary<string, TensorValue> Inputs(params float[] numbers) => new() { ["x"] = TensorValue.Of("x", numbers, numbers.Length) };

    public IServedModel Load(ModelFolder folder, LoadPlan plan)
    {
        var factor = float.Parse(File.ReadAllText(folder.FileOf(FactorFile)), CultureInfo.InvariantCulture);
        var name = $"{folder.Card.Name}/{folder.Card.Version}";
        var runners = Enumerable.Range(0, plan.Instances).Select(_ => new ScaleRunner(factor, name, this)).ToList();
        return new BatchedModel<float, float>(new Batcher<float, float>(name, runners, plan.Batching, plan.Telemetry, plan.Time), new ScaleCodec(), "cpu");
    }

    private sealed class ScaleRunner : IBatchRunner<float, float>
    {
        private readonly float factor;
        private readonly string name;
        private readonly FakeLoader owner;
        private bool disposed;

        public ScaleRunner(float factor, string name, FakeLoader owner)
        {
            (this.factor, this.name, this.owner) = (factor, name, owner);
            owner.Alive.AddOrUpdate(name, 1, (_, count) => count + 1);
        }

        public int LengthOf(float input) => 1;

        public IReadOnlyList<float> Run(IReadOnlyList<float> batch)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            Assert.True(owner.Gate.Wait(TimeLimit.Default), "the gate stayed closed");
            return [.. batch.Select(number => number * factor)];
        }

        public void Dispose()
        {
            disposed = true;
            owner.Alive.AddOrUpdate(name, 0, (_, count) => count - 1);
        }
    }

    private sealed class ScaleCodec : ITensorCodec<float, float>
    {
        public TensorSignature Signature { get; } = new([new TensorSpec("x", TensorType.Fp32, [-1])], [new TensorSpec("y", TensorType.Fp32, [-1])]);

        public IReadOnlyList<float> Decode(IReadOnlyDictionary<string, TensorValue> inputs) => inputs["x"].Floats.Any(float.IsNaN)
            ? throw new TensorFaultException("x", "must be numbers")
            : inputs["x"].Floats;

        public IReadOnlyList<TensorValue> Encode(IReadOnlyList<float> rows) => [TensorValue.Of("y", [.. rows], rows.Count)];
    }
}
