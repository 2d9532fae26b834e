namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Where a version stands in its life. The numbers are the contract's.</summary>
internal enum VersionState
{
    /// <summary>On disk, not in memory.</summary>
    Available = 1,

    /// <summary>Being read, warmed and checked.</summary>
    Loading = 2,

    /// <summary>Takes requests.</summary>
    Ready = 3,

    /// <summary>Ends the requests that it has.</summary>
    Draining = 4,

    /// <summary>Could not be loaded or failed a check.</summary>
    Failed = 5,
}
