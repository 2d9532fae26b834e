namespace KpGrpc.Gateway.Caching;

/// <summary>A whole answer as it goes over the wire, made once and sent many times.</summary>
/// <param name="Bytes">The encoded answer.</param>
/// <param name="LanguageTag">Language that the caller asked for.</param>
/// <param name="Until">Timestamp of the clock until which what it borrows from the catalogue is believed.</param>
internal sealed record ProfileAnswer(byte[] Bytes, string LanguageTag, long Until);
