namespace EdgeSplit.Cli.Rendering;

/// <summary>How results are written.</summary>
internal enum ResultFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON value.</summary>
    Json,

    /// <summary>Rows with a header.</summary>
    Csv,
}
