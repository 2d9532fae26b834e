using System.Collections.Concurrent;
using KpGrpc.InferenceServer.Batching;

namespace KpGrpc.InferenceServer.Tests.Batching;

/// <summary>Reverses texts. A text with "poison" in it fails its batch; a closed gate holds up every run.</summary>
internal sealed class FakeRunner : IBatchRunner<string, string>
{
    public ConcurrentQueue<IReadOnlyList<string>> Batches { get; } = new();

    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public SemaphoreSlim Started { get; } = new(0);

    public ConcurrentDictionary<int, bool> Threads { get; } = new();

    public bool IsDisposed { get; private set; }

    public IEnumerable<string> Computed => Batches.SelectMany(batch => batch);

    public static string Answer(string text) => new([.. text.Reverse()]);

    public int LengthOf(string input) => input.Length > 0 ? input.Length : throw new ArgumentException("a text must not be empty");

    public IReadOnlyList<string> Run(IReadOnlyList<string> batch)
    {
        Threads[Environment.CurrentManagedThreadId] = true;
        Started.Release();
        Gate.Wait();
        Batches.Enqueue([.. batch]);
        return batch.Any(text => text.Contains("poison", StringComparison.Ordinal))
            ? throw new InvalidDataException("poison")
            : [.. batch.Select(Answer)];
    }

    public void Dispose()
    {
        Threads[Environment.CurrentManagedThreadId] = true;
        IsDisposed = true;
    }
}
