using System.Collections.Concurrent;

namespace KpGrpc.InferenceServer.Catalog;

/// <summary>Numbers for texts that repeat, such as languages and currencies. Grows only. Thread-safe.</summary>
internal sealed class Symbols
{
    private readonly ConcurrentDictionary<string, int> numbers = new(StringComparer.OrdinalIgnoreCase);
    private int next = -1;

    /// <summary>All texts with their numbers, as they are now.</summary>
    public IEnumerable<KeyValuePair<string, int>> All => numbers;

    /// <summary>The text's number from 0, the same for texts that differ in case only.</summary>
    public int Of(string text) => numbers.GetOrAdd(text, _ => Interlocked.Increment(ref next));

    /// <summary>The number of a text that has one, else -1.</summary>
    public int Find(string text) => numbers.GetValueOrDefault(text, -1);
}
