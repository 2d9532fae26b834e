using System.Buffers.Binary;
using System.Buffers.Text;

using KpGrpc.LedgerServer.Execution.Accounts.Journal;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Services.Postings;

/// <summary>
/// Pages of postings. A token holds the state that the first page was answered from, the place where the next page
/// begins, and a digest of the question, so that all pages show one state and it cannot be used with another question.
/// </summary>
/// <param name="AsOf">Newest sequence when the first page was answered; null for the first page.</param>
/// <param name="From">First place of the page.</param>
/// <param name="Size">Most rows on the page.</param>
/// <param name="Question">Name of the RPC and its filters.</param>
internal sealed record PlacePaging(ulong? AsOf, PostingPlace From, int Size, string Question)
{
    private const int PlaceBytes = (2 * sizeof(ulong)) + (2 * sizeof(uint));

    /// <summary>Reads size and token; faults are recorded.</summary>
    public static PlacePaging Read(FieldViolations faults, int pageSize, string token, ulong fromSequence, params ReadOnlySpan<object?> question)
    {
        var text = string.Join('\n', question.ToArray());
        var first = new PlacePaging(null, new PostingPlace(fromSequence, 0, 0), faults.PageSize("page_size", pageSize), text);
        if (token.Length == 0)
        {
            return first;
        }

        var bytes = (Base64Url.IsValid(token) ? Base64Url.DecodeFromChars(token) : []).AsSpan();
        var digest = Paging.Digest(text);
        var fits = bytes.Length == PlaceBytes + digest.Length && bytes[PlaceBytes..].SequenceEqual(digest);
        faults.Require(fits, "page_token", "must be the next_page_token of the previous answer to the same question");
        return fits
            ? first with
            {
                AsOf = BinaryPrimitives.ReadUInt64BigEndian(bytes),
                From = new PostingPlace(
                    BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt32BigEndian(bytes[20..])),
            }
            : first;
    }

    /// <summary>Where this page begins: at a sequence for the first one, else where the token says.</summary>
    public PostingPlace At(ulong first) => AsOf is null ? new PostingPlace(first, 0, 0) : From;

    /// <summary>Takes this page's rows.</summary>
    /// <param name="all">The postings from <see cref="From"/> on; read no further than the page needs.</param>
    /// <param name="asOf">State that all pages show.</param>
    /// <returns>The rows, and the token of the next page; empty after the last one.</returns>
    public (List<AccountPosting> Rows, string NextToken) Take(IEnumerable<AccountPosting> all, ulong asOf)
    {
        var rows = new List<AccountPosting>();
        foreach (var row in all)
        {
            if (rows.Count == Size)
            {
                return (rows, Token(asOf, row.Place));
            }

            rows.Add(row);
        }

        return (rows, string.Empty);
    }

    private string Token(ulong asOf, PostingPlace next)
    {
        var digest = Paging.Digest(Question);
        var bytes = new byte[PlaceBytes + digest.Length];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, asOf);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), next.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), next.EffectIndex);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), next.Part);
        digest.CopyTo(bytes, PlaceBytes);
        return Base64Url.EncodeToString(bytes);
    }
}
