using System.Globalization;
using Parquet;
using Parquet.Schema;

namespace KpGrpc.InferenceServer.Models.Propensity.Tables;

/// <summary>Collects one flat column over the row groups of a Parquet file. Not thread-safe.</summary>
internal sealed class ParquetColumn(DataField source, ColumnKind kind, int rows)
{
    private readonly ColumnBuilder builder = new(source.Name, kind, rows);
    private HashSet<object>? different = [];

    /// <summary>The column's name.</summary>
    public string Name => source.Name;

    /// <summary>What values of a type are read as; null where they cannot be read.</summary>
    public static ColumnKind? KindOf(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.String => ColumnKind.Text,
        TypeCode.DateTime => ColumnKind.Date,
        TypeCode.Boolean or TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 or TypeCode.UInt32
            or TypeCode.Int64 or TypeCode.UInt64 or TypeCode.Single or TypeCode.Double or TypeCode.Decimal => ColumnKind.Number,
        _ => type == typeof(ReadOnlyMemory<char>) ? ColumnKind.Text : type == typeof(DateOnly) ? ColumnKind.Date : null, // texts are read as memory
    };

    /// <summary>Reads the column of a row group.</summary>
    public Task ReadAsync(ParquetRowGroupReader group, CancellationToken cancellationToken) => Type.GetTypeCode(source.ClrType) switch
    {
        TypeCode.String => ReadTextAsync(group, cancellationToken),
        TypeCode.Boolean => ReadAsync<bool>(group, value => value ? 1 : 0, cancellationToken),
        TypeCode.SByte => ReadAsync<sbyte>(group, value => value, cancellationToken),
        TypeCode.Byte => ReadAsync<byte>(group, value => value, cancellationToken),
        TypeCode.Int16 => ReadAsync<short>(group, value => value, cancellationToken),
        TypeCode.UInt16 => ReadAsync<ushort>(group, value => value, cancellationToken),
        TypeCode.Int32 => ReadAsync<int>(group, value => value, cancellationToken),
        TypeCode.UInt32 => ReadAsync<uint>(group, value => value, cancellationToken),
        TypeCode.Int64 => ReadAsync<long>(group, value => value, cancellationToken),
        TypeCode.UInt64 => ReadAsync<ulong>(group, value => value, cancellationToken),
        TypeCode.Single => ReadAsync<float>(group, value => value, cancellationToken),
        TypeCode.Double => ReadAsync<double>(group, value => value, cancellationToken),
        TypeCode.Decimal => ReadAsync<decimal>(group, value => (double)value, cancellationToken),
        TypeCode.DateTime => ReadAsync<DateTime>(group, value => (value - DateTime.UnixEpoch).TotalDays, cancellationToken),
        _ when source.ClrType == typeof(ReadOnlyMemory<char>) => ReadTextAsync(group, cancellationToken),
        _ => ReadAsync<DateOnly>(group, value => value.DayNumber - (DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerDay), cancellationToken),
    };

    /// <summary>The finished column.</summary>
    public TableColumn Build() => builder.Build(different is not null && kind != ColumnKind.Date);

    private async Task ReadAsync<T>(ParquetRowGroupReader group, Func<T, double> number, CancellationToken cancellationToken)
        where T : struct
    {
        var values = new T?[(int)group.RowCount];
        if (source.IsNullable)
        {
            await group.ReadAsync<T>(source, values.AsMemory(), null, cancellationToken);
        }
        else
        {
            var present = new T[values.Length];
            await group.ReadAsync<T>(source, present.AsMemory(), null, cancellationToken);
            values = [.. present];
        }

        foreach (var value in values)
        {
            if (kind == ColumnKind.Text)
            {
                Add(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
            }
            else
            {
                Add(value is { } known ? number(known) : double.NaN);
            }
        }
    }

    private async Task ReadTextAsync(ParquetRowGroupReader group, CancellationToken cancellationToken)
    {
        var values = new string?[(int)group.RowCount];
        await group.ReadAsync(source, values.AsMemory(), null, cancellationToken);
        foreach (var value in values)
        {
            Add(value ?? "");
        }
    }

    private void Add(string text)
    {
        builder.Add(text);
        Distinguish(text, CellText.IsMissing(text));
    }

    private void Add(double value)
    {
        builder.Add(value);
        Distinguish(value, value != Math.Floor(value)); // NaN is not its own floor either
    }

    private void Distinguish(object value, bool never)
    {
        if (different is not null && (never || !different.Add(value)))
        {
            different = null;
        }
    }
}
