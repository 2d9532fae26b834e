namespace KpGrpc.LedgerServer.Log.Tiles;

/// <summary>A file of the log as c2sp.org/tlog-tiles serves it.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Media type that the specification asks for.</param>
/// <param name="IsImmutable">Whether it never changes, so that any cache may keep it.</param>
internal sealed record LogFile(ReadOnlyMemory<byte> Content, string ContentType, bool IsImmutable);
