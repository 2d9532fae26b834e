namespace KpGrpc.InferenceServer.Catalog;

/// <summary>The facts of a work that are yes or no.</summary>
[Flags]
internal enum WorkFlags : byte
{
    /// <summary>No fact holds.</summary>
    None = 0,

    /// <summary>The row holds a work; without it the work was deleted.</summary>
    Present = 1,

    /// <summary>May be offered.</summary>
    Published = 2,

    /// <summary>The rights to sell it are there.</summary>
    Licensed = 4,

    /// <summary>All that a work needs to be offered, its time aside.</summary>
    Offered = Present | Published | Licensed,
}
