namespace KpGrpc.GatewayLoad.Chaos;

/// <summary>What is done to a part of the system.</summary>
internal enum FaultKind
{
    /// <summary>Ended as a power cut would (SIGKILL), and started after a while.</summary>
    Kill,

    /// <summary>Stopped where it stands (SIGSTOP), and let go on after a while.</summary>
    Freeze,

    /// <summary>Ended in order (SIGTERM) and started at once.</summary>
    Restart,
}
