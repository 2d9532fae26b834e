namespace KpGrpc.InferenceServer.Registry;

/// <summary>A file of a version.</summary>
/// <param name="Path">Below the version's folder, with <c>/</c>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its hash, 64 lower-case hexadecimal digits.</param>
internal sealed record CardFile(string Path, long Bytes, string Sha256);
