namespace KpGrpc.Gateway.Caching;

/// <summary>A profile in memory. Safe from any thread.</summary>
/// <param name="value">The bytes; nobody changes them.</param>
/// <param name="stamp">Stamp that was read before the profile was fetched; null: never fresh.</param>
/// <param name="fetchedAt">When the fetch began, Unix milliseconds.</param>
/// <param name="checkedAt">Timestamp of the clock at which Redis was last asked for the stamp.</param>
internal sealed class ProfileEntry(byte[] value, Guid? stamp, long fetchedAt, long checkedAt)
{
    // A key of 64 characters, the objects around it, and its places in the dictionary and the queue; a rough upper bound.
    private const int OverheadBytes = 1_024;

    private readonly Guid? stamp = stamp;
    private ProfileAnswer? answer;
    private int ended;
    private int refreshing;
    private long checkedAt = checkedAt;

    /// <summary>Gets the profile.</summary>
    public byte[] Value { get; } = value;

    /// <summary>Gets the start of the fetch, Unix milliseconds.</summary>
    public long FetchedAt { get; } = fetchedAt;

    /// <summary>Gets the stamp; null once an event of the learner was seen.</summary>
    public Guid? Stamp => Volatile.Read(ref ended) == 0 ? stamp : null;

    /// <summary>Gets the memory that this takes at most, in bytes, its answer included.</summary>
    public long Bytes => OverheadBytes + (3L * Value.Length);

    /// <summary>Gets or sets when Redis was last asked, a timestamp of the clock.</summary>
    public long CheckedAt
    {
        get => Interlocked.Read(ref checkedAt);
        set => Interlocked.Exchange(ref checkedAt, value);
    }

    /// <summary>Gets the last whole answer made from it.</summary>
    public ProfileAnswer? Answer => Volatile.Read(ref answer);

    /// <summary>Gets or sets a value indicating whether somebody read it since the memory last looked.</summary>
    public bool Used { get; set; }

    /// <summary>Gets or sets when somebody last read it, a timestamp of the clock.</summary>
    public long UsedAt { get; set; }

    /// <summary>Keeps a whole answer, if it is not out of proportion to what <see cref="Bytes"/> counts.</summary>
    public void Keep(ProfileAnswer made)
    {
        if (made.Bytes.Length <= OverheadBytes / 2 + 2 * Value.Length)
        {
            Volatile.Write(ref answer, made);
        }
    }

    /// <summary>Makes it stale for good.</summary>
    public void End() => Volatile.Write(ref ended, 1);

    /// <summary>Whether the caller is the one who should renew it.</summary>
    public bool TryBeginRefresh() => Volatile.Read(ref refreshing) == 0 && Interlocked.Exchange(ref refreshing, 1) == 0;
}
