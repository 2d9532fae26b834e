namespace KpGrpc.LedgerServer.Witnessing;

/// <summary>Answer to an <c>add-checkpoint</c> request.</summary>
/// <param name="Status">HTTP status code.</param>
/// <param name="Body">Signature lines after 200, the known size after a 409 about it, else why.</param>
/// <param name="ContentType">Media type.</param>
internal sealed record WitnessAnswer(int Status, string Body, string ContentType = "text/plain; charset=utf-8")
{
    private const string SizeType = "text/x.tlog.size";

    /// <summary>The request is malformed.</summary>
    public static WitnessAnswer BadRequest(string why) => new(StatusCodes.Status400BadRequest, why + "\n");

    /// <summary>The caller does not build upon the newest checkpoint; its size is the body.</summary>
    public static WitnessAnswer KnownSize(ulong size) => new(StatusCodes.Status409Conflict, $"{size}\n", SizeType);
}
