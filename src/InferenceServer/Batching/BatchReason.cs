namespace KpGrpc.InferenceServer.Batching;

/// <summary>Why a batch left the queue.</summary>
internal enum BatchReason
{
    /// <summary>It had <see cref="BatchingOptions.RowsMax"/> rows.</summary>
    Rows,

    /// <summary>One more row would have taken it beyond <see cref="BatchingOptions.TokensMax"/>.</summary>
    Tokens,

    /// <summary>Its most urgent request had waited <see cref="BatchingOptions.QueueDelayMax"/>.</summary>
    Age,

    /// <summary>The instance was idle and nothing else was expected within the delay.</summary>
    Idle,

    /// <summary>The version is being unloaded: nothing is waited for any more.</summary>
    Drain,

    /// <summary>The rest of a batch that failed, run again in halves.</summary>
    Bisection,
}
