namespace KpGrpc.LedgerServer.Tests.Simulation;

/// <summary>What a disk does to a write, or to what it holds.</summary>
internal enum DiskFault
{
    /// <summary>Power fails between two writes.</summary>
    None,

    /// <summary>Power fails in the middle: only a first part is there.</summary>
    TornWrite,

    /// <summary>Power fails before the sync: nothing is there.</summary>
    LostWrite,

    /// <summary>The sync fails: any first part is there, perhaps all.</summary>
    FailedSync,

    /// <summary>The disk is full: a first part is there.</summary>
    NoSpace,

    /// <summary>Power fails while the file has its new length, but its end is not written: zeros.</summary>
    Hole,

    /// <summary>One bit of what was durable has changed.</summary>
    BitRot,
}
