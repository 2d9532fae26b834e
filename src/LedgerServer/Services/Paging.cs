using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Services;

/// <summary>
/// Pages of lists whose order only ever grows at its end, or whose rows have positions that never change. A token holds where the next page begins and a digest of the
/// question, so that it cannot be used with another.
/// </summary>
/// <param name="Start">Position in the order of all rows, from 0, or the sequence of the first row where rows are found by it.</param>
/// <param name="Size">Most rows on the page.</param>
/// <param name="Question">Name of the RPC and its filters.</param>
internal sealed record Paging(long Start, int Size, string Question)
{
    private const int DigestBytes = 8;

    /// <summary>Reads size and token; faults are recorded.</summary>
    /// <param name="faults">Where faults are recorded.</param>
    /// <param name="pageSize">As asked.</param>
    /// <param name="token">As asked.</param>
    /// <param name="question">Name of the RPC and its filters.</param>
    public static Paging Read(FieldViolations faults, int pageSize, string token, params ReadOnlySpan<object?> question)
    {
        var text = string.Join('\n', question.ToArray());
        var size = faults.PageSize("page_size", pageSize);
        if (token.Length == 0)
        {
            return new Paging(0, size, text);
        }

        var bytes = Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : [];
        var fits = bytes.Length == sizeof(long) + DigestBytes && bytes.AsSpan(sizeof(long)).SequenceEqual(Digest(text)) && BinaryPrimitives.ReadInt64BigEndian(bytes) >= 0;
        faults.Require(fits, "page_token", "must be the next_page_token of the previous answer to the same question");
        return new Paging(fits ? BinaryPrimitives.ReadInt64BigEndian(bytes) : 0, size, text);
    }

    /// <summary>Takes this page's rows.</summary>
    /// <param name="all">Everything in the stated order.</param>
    /// <param name="wanted">The filter.</param>
    /// <returns>The rows, and the token of the next page; empty after the last one.</returns>
    public (List<T> Rows, string NextToken) Take<T>(IReadOnlyList<T> all, Func<T, bool> wanted)
    {
        var rows = new List<T>();
        for (var i = (int)Math.Min(Start, all.Count); i < all.Count; i++)
        {
            if (!wanted(all[i]))
            {
                continue;
            }

            if (rows.Count == Size)
            {
                return (rows, Token(i));
            }

            rows.Add(all[i]);
        }

        return (rows, string.Empty);
    }

    /// <summary>Takes this page's rows of a list that changes inside, such as what a holder holds, by positions that never change.</summary>
    /// <param name="positions">Positions of the list's rows, ascending.</param>
    /// <param name="row">The row at a position.</param>
    /// <param name="wanted">The filter.</param>
    /// <returns>The rows, and the token of the next page; empty after the last one.</returns>
    public (List<T> Rows, string NextToken) Take<T>(IReadOnlyList<int> positions, Func<int, T> row, Func<T, bool> wanted)
    {
        var rows = new List<T>();
        foreach (var position in positions.SkipWhile(position => position < Start))
        {
            var candidate = row(position);
            if (!wanted(candidate))
            {
                continue;
            }

            if (rows.Count == Size)
            {
                return (rows, Token(position));
            }

            rows.Add(candidate);
        }

        return (rows, string.Empty);
    }

    /// <summary>Takes this page's rows of a list from which rows vanish: a page starts at a sequence, not at a position.</summary>
    /// <param name="rows">The rows, ascending by sequence.</param>
    /// <param name="sequence">A row's sequence.</param>
    /// <returns>The rows, and the token of the next page; empty after the last one.</returns>
    public (List<T> Rows, string NextToken) TakeBySequence<T>(IEnumerable<T> rows, Func<T, ulong> sequence)
    {
        var left = rows.Where(row => sequence(row) >= (ulong)Start).Take(Size + 1).ToList();
        if (left.Count <= Size)
        {
            return (left, string.Empty);
        }

        var next = Token((long)sequence(left[Size]));
        left.RemoveAt(Size);
        return (left, next);
    }

    private string Token(long start)
    {
        var bytes = new byte[sizeof(long) + DigestBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, start);
        Digest(Question).CopyTo(bytes, sizeof(long));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Digest of a question, as tokens hold it.</summary>
    internal static byte[] Digest(string question) => SHA256.HashData(Encoding.UTF8.GetBytes(question))[..DigestBytes];
}
