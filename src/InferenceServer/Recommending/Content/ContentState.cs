using System.Globalization;
using KpGrpc.InferenceServer.Models.Content;

namespace KpGrpc.InferenceServer.Recommending.Content;

/// <summary>What is known of the catalogue's content at one moment.</summary>
/// <param name="Index">Vectors of works; grows while it serves.</param>
/// <param name="Cold">Works that no model knows, with their neighbours.</param>
/// <param name="Version">Grows when all vectors were made anew.</param>
internal sealed record ContentState(ContentIndex Index, ColdNeighbours Cold, int Version)
{
    /// <summary>Name of the content model.</summary>
    public const string Model = "content";

    /// <summary>Name and version, for results that content found.</summary>
    public (string Name, string Version) ModelRef => (Model, Version.ToString(CultureInfo.InvariantCulture));

    /// <summary>Nothing is known yet.</summary>
    public static ContentState Empty() => new(new ContentIndex(FeatureRarity.Of([], 0)), ColdNeighbours.None, 0);
}
