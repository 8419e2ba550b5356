import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The statements that would make a database what these entities say: none, where the migrations did. */
export async function entityDrift(url: string, entities: Type[]): Promise<string[]> {
  const dataSource = new DataSource({ type: 'postgres', url, entities });
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map((statement) => statement.query);
  } finally {
    await dataSource.destroy();
  }
}
