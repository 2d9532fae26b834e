namespace KpGrpc.Demo.Processes;

/// <summary>The last lines that somebody wrote. Safe from any thread.</summary>
/// <param name="capacity">Lines kept, 1 or more.</param>
internal sealed class LastLines(int capacity)
{
    private readonly Queue<string> lines = new();

    /// <summary>Adds a line and forgets the oldest one where there are too many.</summary>
    public void Add(string line)
    {
        lock (lines)
        {
            lines.Enqueue(line);
            if (lines.Count > capacity)
            {
                lines.Dequeue();
            }
        }
    }

    /// <summary>The lines, oldest first.</summary>
    public IReadOnlyList<string> Snapshot()
    {
        lock (lines)
        {
            return [.. lines];
        }
    }
}
