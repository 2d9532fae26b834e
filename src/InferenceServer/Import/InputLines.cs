using System.IO.Compression;
using System.Text;

namespace KpGrpc.InferenceServer.Import;

/// <summary>Reads the lines of a UTF-8 file, plain or gzipped, one by one. Memory is bounded: an over-long line is reported and left out.</summary>
internal static class InputLines
{
    /// <summary>Longest line taken, in UTF-16 units.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>The file's lines in order. The file stays open only while it is enumerated.</summary>
    /// <exception cref="ImportException">The file cannot be opened or read.</exception>
    public static IEnumerable<InputLine> Read(string path, ImportReport report)
    {
        using var reader = Open(path);
        var buffer = new char[1 << 16];
        var pending = new StringBuilder();
        var number = 1L;
        var tooLong = false;
        int count;
        while ((count = Fill(reader, buffer, path)) > 0)
        {
            var from = 0;
            while (from < count)
            {
                var end = Array.IndexOf(buffer, '\n', from, count - from);
                var until = end < 0 ? count : end;
                tooLong |= pending.Length + until - from > LengthMax;
                if (!tooLong)
                {
                    pending.Append(buffer, from, until - from);
                }

                if (end < 0)
                {
                    break;
                }

                if (Finish(pending, number++, ref tooLong, report) is { } line)
                {
                    yield return line;
                }

                from = end + 1;
            }
        }

        if ((pending.Length > 0 || tooLong) && Finish(pending, number, ref tooLong, report) is { } last)
        {
            yield return last;
        }
    }

    private static InputLine? Finish(StringBuilder pending, long number, ref bool tooLong, ImportReport report)
    {
        if (tooLong)
        {
            report.Reject(number, $"the line is longer than {LengthMax} characters");
            tooLong = false;
            pending.Clear();
            return null;
        }

        if (pending.Length > 0 && pending[^1] == '\r')
        {
            pending.Length--;
        }

        var text = pending.ToString();
        pending.Clear();
        return new InputLine(number, text);
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(OpenBytes(path), Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ImportException($"{path} cannot be read: {failure.Message}", failure);
        }
    }

    private static Stream OpenBytes(string path)
    {
        var file = File.OpenRead(path);
        var gzipped = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b; // RFC 1952 section 2.3.1
        file.Position = 0;
        return gzipped ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static int Fill(StreamReader reader, char[] buffer, string path)
    {
        try
        {
            return reader.Read(buffer, 0, buffer.Length);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            throw new ImportException($"{path} cannot be read to its end: {failure.Message}", failure);
        }
    }
}
