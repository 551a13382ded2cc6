using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace MiSarTracker.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Facts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Facts",
                table: "Controllers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Facts",
                table: "Cases",
                type: "TEXT",
                nullable: true);

            migrationBuilder.Sql("PRAGMA user_version = 3;");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Facts",
                table: "Controllers");

            migrationBuilder.DropColumn(
                name: "Facts",
                table: "Cases");

            migrationBuilder.Sql("PRAGMA user_version = 2;");
        }
    }
}
