namespace KpGrpc.ServiceDefaults.Errors;

/// <summary>Values of <c>google.rpc.ErrorInfo</c> that every server uses.</summary>
public static class ErrorReasons
{
    /// <summary>The <c>domain</c> of every <c>ErrorInfo</c> of ours.</summary>
    public const string Domain = "kpgrpc";

    /// <summary>The method stands in the contract but this release does not serve it.</summary>
    public const string NotImplemented = "NOT_IMPLEMENTED";

    /// <summary>A fault of ours; the log has the full text under the same request id.</summary>
    public const string InternalFailure = "INTERNAL_FAILURE";
}
