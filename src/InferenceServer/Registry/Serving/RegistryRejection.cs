namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>Why the registry does not do what it was asked.</summary>
internal enum RegistryRejection
{
    /// <summary>It was done.</summary>
    None,

    /// <summary>No such model or version is published.</summary>
    Unknown,

    /// <summary>The files, the golden set or the device failed; the version is FAILED, the old one stays.</summary>
    ChecksFailed,

    /// <summary>The gate metric is worse than that of the version in traffic; the old one stays.</summary>
    GateFailed,

    /// <summary>The version is not in memory, or is being loaded or drained.</summary>
    NotReady,

    /// <summary>The version still has traffic.</summary>
    HasTraffic,

    /// <summary>As many versions are in memory as <see cref="RegistryOptions.LoadedMax"/> allows.</summary>
    Full,
}
