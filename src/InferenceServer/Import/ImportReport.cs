namespace KpGrpc.InferenceServer.Import;

/// <summary>What became of the rows of one file. Bounded: the first <see cref="ListedMax"/> faults in words, all of them counted.</summary>
internal sealed class ImportReport(string path)
{
    /// <summary>Faults that are kept in words.</summary>
    public const int ListedMax = 20;

    private readonly List<string> listed = [];

    /// <summary>Rows read well.</summary>
    public long Read { get; private set; }

    /// <summary>Rows that were malformed and left out.</summary>
    public long Malformed { get; private set; }

    /// <summary>The first faults as <c>file:line: reason</c>.</summary>
    public IReadOnlyList<string> Listed => listed;

    /// <summary>Counts a row that was read well.</summary>
    public void Accept() => Read++;

    /// <summary>Counts a malformed row.</summary>
    /// <param name="line">Line in the file, from 1.</param>
    /// <param name="reason">What is wrong, without the row's content.</param>
    public void Reject(long line, string reason) => Note($"{path}:{line}: {reason}");

    /// <summary>Takes back a row that was read well but that the contract refuses.</summary>
    /// <param name="what">The row, by its identifier.</param>
    /// <param name="reason">What is wrong.</param>
    public void Refuse(string what, string reason)
    {
        Read--;
        Note($"{path}: {what}: {reason}");
    }

    private void Note(string fault)
    {
        Malformed++;
        if (listed.Count < ListedMax)
        {
            listed.Add(fault);
        }
    }
}
