namespace KpGrpc.LedgerServer.Execution.Works;

/// <summary>
/// How content was hashed. The numbers are those of <c>kp.copyright.v1.HashAlgorithm</c>.
/// </summary>
internal enum HashAlgorithm
{
    /// <summary>SHA-256, 32 bytes.</summary>
    Sha256 = 1,

    /// <summary>SHA-512, 64 bytes.</summary>
    Sha512 = 2,
}
