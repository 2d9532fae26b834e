namespace KpGrpc.Gateway.Downstream;

/// <summary>Who serves a service of the contract.</summary>
internal enum Destination
{
    /// <summary>The Gateway itself.</summary>
    Gateway,

    /// <summary>The InferenceServer; the Gateway passes calls through undecoded.</summary>
    Inference,

    /// <summary>The LedgerServer; the Gateway passes calls through undecoded.</summary>
    Ledger,
}
